import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { post } from '../../api/client';
import { useText } from '../../i18n';
import { ProblemAlert } from '../../problem/ProblemAlert';
import type { ReadInvoiceFile } from './draft';

const MOST_BYTES = 1_048_576;

interface Found {
  name: string;
  read: ReadInvoiceFile;
}

/** A place to drop an invoice file; what it says goes into the form, and what could not be taken over is told. */
export function InvoiceFile({ onRead }: { onRead: (read: ReadInvoiceFile) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooBig, setTooBig] = useState(false);

  const take = async (file: File | undefined) => {
    if (file === undefined || busy) return;
    setFound(null);
    setProblem(null);
    setTooBig(file.size > MOST_BYTES);
    if (file.size > MOST_BYTES) return;
    setBusy(true);
    try {
      const read = await post<ReadInvoiceFile>('/invoice-files', await file.text(), {
        headers: { 'Content-Type': 'application/xml' },
      });
      setFound({ name: file.name, read });
      onRead(read);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
        sx={{
          p: 2,
          border: '2px dashed',
          borderColor: over ? 'primary.main' : 'divider',
          borderRadius: 1,
          display: 'flex',
          gap: 2,
          alignItems: 'center',
          flexWrap: 'wrap',
        }}
      >
        <UploadFile color="action" />
        <Box sx={{ flexGrow: 1, minWidth: 180 }}>
          <Typography sx={{ fontWeight: 600 }}>{text('certificate.issue.file')}</Typography>
          <Typography variant="body2" color="text.secondary">
            {busy ? text('certificate.issue.fileReading') : text('certificate.issue.fileHint')}
          </Typography>
        </Box>
        <Button variant="outlined" loading={busy} onClick={() => input.current?.click()}>
          {text('certificate.issue.fileChoose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".xml,application/xml,text/xml"
          hidden
          aria-label={text('certificate.issue.fileChoose')}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            // The same file may be chosen again after a correction.
            target.value = '';
          }}
        />
      </Box>
      {tooBig && <Alert severity="error">{text('certificate.issue.fileTooBig')}</Alert>}
      {problem !== null && <ProblemAlert problem={problem} />}
      {found !== null && <Reading {...found} />}
    </Box>
  );
}

function Reading({ name, read: { found, notices } }: Found) {
  const text = useText();
  return (
    <Alert severity={notices.length === 0 ? 'success' : 'warning'}>
      {text('certificate.issue.fileRead', { name, smart_count: found.length })}
      {notices.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {[...new Set(notices.map(({ message }) => message))].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </Box>
      )}
    </Alert>
  );
}
