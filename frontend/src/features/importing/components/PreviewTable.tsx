import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import type { Looked } from '../api/lineThumbnail';
import type { PreviewLine } from '../api/preview';
import { LinePictures } from './LinePictures';
import classes from './PreviewTable.module.css';

/** More columns than these are told of, not shown. */
const COLUMNS = 6;
const COMES: readonly string[] = ['new', 'adds'];
/** Objects of a folder that are named. */
const NAMED = 3;

/** The first lines as they would be read. */
export function PreviewTable({ looked }: { looked: Looked }) {
  const { t } = useTranslation('importing');
  const { lines } = looked.preview;
  const names = [...new Set(lines.flatMap(({ meta }) => Object.keys(meta)))];
  const shown = names.slice(0, COLUMNS);
  return (
    <div className={tables.scroll}>
      <table className={`${tables.table} ${classes.table}`} data-stack>
        <thead>
          <tr>
            <th data-number>{t('rows.line')}</th>
            <th>{t('look.picture')}</th>
            <th>{t('rows.address')}</th>
            {shown.map((name) => (
              <th key={name}>{name}</th>
            ))}
            {names.length > COLUMNS && (
              <th>{t('look.moreColumns', { count: names.length - COLUMNS })}</th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line} data-faded={!COMES.includes(line.outcome)}>
              <td data-number data-label={t('rows.line')}>
                {line.line}
              </td>
              <td className={classes.picture}>
                {hasPicture(looked, line) && <LinePictures looked={looked} line={line} />}
              </td>
              <td data-wide className={classes.address}>
                <Address line={line} />
              </td>
              {shown.map((name) => (
                <td key={name} data-label={name}>
                  {asText(line.meta[name])}
                </td>
              ))}
              {names.length > COLUMNS && <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Address({ line }: { line: PreviewLine }) {
  const { t } = useTranslation('importing');
  const { known_image: known, first_line: first } = line;
  return (
    <>
      <span>{line.images.length > 1 ? line.images.join(' · ') : line.url}</span>
      <Said line={line} />
      {line.folder && <FolderPeek folder={line.folder} />}
      {line.outcome === 'refused' && <small data-refused>{line.reason}</small>}
      {first !== null && <small>{t('look.sameAs', { line: first })}</small>}
      {known !== null && <small>{t(line.outcome === 'adds' ? 'look.adds' : 'look.known')}</small>}
    </>
  );
}

/** What lies in a folder that the line names. */
function FolderPeek({ folder }: { folder: NonNullable<PreviewLine['folder']> }) {
  const { t } = useTranslation('importing');
  if (folder.code !== '') return <small data-refused>{folder.reason}</small>;
  const names = folder.urls.slice(0, NAMED).map((url) => url.slice(url.lastIndexOf('/') + 1));
  const more = folder.more || folder.urls.length > NAMED;
  return <small>{t('look.holds', { names: names.join(', ') + (more ? ', …' : '') })}</small>;
}

/** What the line brings beside its image and its meta. */
function Said({ line }: { line: PreviewLine }) {
  const { t } = useTranslation('importing');
  const parts = [
    line.spans.length > 0 && t('look.spans', { count: line.spans.length }),
    line.options.length > 0 && t('look.options', { count: line.options.length }),
    line.label !== '' && t('look.label', { label: line.label }),
  ].filter((part) => part !== false);
  return parts.length > 0 && <small>{parts.join(' · ')}</small>;
}

/** What only a name under an address leads to is not shown before it comes. */
function hasPicture({ options }: Looked, line: PreviewLine): boolean {
  const isThere = (each: string) => each !== '';
  return line.known_image !== null || (options.base === '' && line.images.some(isThere));
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
