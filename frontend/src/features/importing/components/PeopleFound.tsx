import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import type { ListSummary } from '../api/preview';
import classes from './LookAtList.module.css';

/** Who is named in a list, and who that is here. */
export function PeopleFound({ people }: Pick<ListSummary, 'people'>) {
  const { t } = useTranslation('importing');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <caption className={classes.more}>{t('brings.people')}</caption>
        <thead>
          <tr>
            <th>{t('brings.name')}</th>
            <th data-number>{t('brings.theirs')}</th>
            <th>{t('brings.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.name}>
              <td>{person.name}</td>
              <td data-number>{person.answers}</td>
              <td>
                {person.matched
                  ? t('brings.member', { name: person.member })
                  : t('brings.imported')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
