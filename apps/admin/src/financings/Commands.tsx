import { useState } from 'react';
import { Act } from '../command/Act';
import { CommandButton } from '../command/CommandButton';
import { useText } from '../i18n';
import { ApprovalDialog } from './ApprovalDialog';
import type { Financing } from './financing';

/** What the reader's side does next, and its ways out; commands that belong to other stages stay away. */
export function Commands({ financing }: { financing: Financing }) {
  const text = useText();
  const [approving, setApproving] = useState(false);
  const { id, role, stage, can } = financing;
  const base = `/financings/${id}`;
  const open = stage === 'open' || stage === 'quoted';
  if (role === 'applicant') {
    return (
      <>
        {stage === 'approved' && (
          <Act can={can} command="sign" path={`${base}/signature`} label={text('financing.sign')} />
        )}
        {open && (
          <Act
            can={can}
            command="withdraw"
            path={`${base}/withdrawal`}
            label={text('financing.withdraw')}
            reason={{ question: text('financing.withdrawQuestion'), optional: true }}
            variant="outlined"
            color="error"
          />
        )}
      </>
    );
  }
  return (
    <>
      {stage === 'agreed' && (
        <CommandButton
          can={can}
          command="approve"
          onClick={() => {
            setApproving(true);
          }}
        >
          {text('financing.approve')}
        </CommandButton>
      )}
      {stage === 'ownerSigned' && (
        <Act can={can} command="sign" path={`${base}/signature`} label={text('financing.sign')} />
      )}
      {stage === 'signed' && (
        <Act can={can} command="disburse" path={`${base}/disbursement`} label={text('financing.disburse')} />
      )}
      {open && (
        <Act
          can={can}
          command="refuse"
          path={`${base}/invitation-refusal`}
          label={text('financing.refuse')}
          reason={{ question: text('financing.refuseQuestion') }}
          variant="outlined"
          color="error"
        />
      )}
      {(stage === 'agreed' || stage === 'approved' || stage === 'ownerSigned') && (
        <Act
          can={can}
          command="reject"
          path={`${base}/rejection`}
          label={text('financing.reject')}
          reason={{ question: text('financing.rejectQuestion') }}
          variant="outlined"
          color="error"
        />
      )}
      {approving && (
        <ApprovalDialog
          financing={id}
          onClose={() => {
            setApproving(false);
          }}
        />
      )}
    </>
  );
}
