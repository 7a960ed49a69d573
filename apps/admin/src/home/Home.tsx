import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { useKind } from '../layout/role';
import { Admissions } from './Admissions';
import { Exposure } from './Exposure';
import { FallingDue } from './FallingDue';
import { Health } from './Health';
import { Held } from './Held';
import { Inbox } from './Inbox';
import { Lines } from './Lines';
import { Oversight } from './Oversight';
import { Overdue } from './Overdue';
import { Pipeline } from './Pipeline';

/** First what waits for the reader, then the numbers of the role. */
export function Home() {
  const text = useText();
  const { kind } = useKind();
  return (
    <>
      <PageTitle title={text('frame.home')} />
      <Inbox />
      {kind === 'CORE' && (
        <>
          <Overdue />
          <FallingDue title={text('home.payables')} side="pay" />
          <Lines />
        </>
      )}
      {kind === 'SUPPLIER' && (
        <>
          <Held />
          <FallingDue title={text('home.receivables')} side="receive" />
        </>
      )}
      {kind === 'BANK' && (
        <>
          <Pipeline />
          <Exposure />
          <FallingDue title={text('home.collections')} side="receive" />
        </>
      )}
      {kind === 'OPERATOR' && <Admissions />}
      {kind === 'REGULATOR' && <Oversight />}
      {(kind === 'OPERATOR' || kind === 'REGULATOR') && <Health />}
    </>
  );
}
