import { DateWithDays } from '../date/DateWithDays';
import { useText, useTextOr } from '../i18n';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { SummaryPanel } from './summary';

/** Financing applications per stage, with the nearest end of their time. */
export function Pipeline() {
  const text = useText();
  const textOr = useTextOr();
  return (
    <SummaryPanel title={text('home.pipeline')} part="pipeline" height={180}>
      {(stages) => (
        <Listing
          rows={stages}
          label={text('home.pipeline')}
          empty={<Empty title={text('home.noPipeline')} />}
          keyOf={({ stage }) => stage}
          to={() => '/financings'}
          columns={[
            { label: text('home.stage'), cell: ({ stage }) => textOr('home.stages', stage) },
            { label: text('home.count'), cell: ({ count }) => count, numeric: true },
            { label: text('home.nearest'), cell: ({ oldest }) => <DateWithDays date={oldest} /> },
          ]}
        />
      )}
    </SummaryPanel>
  );
}
