import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import table from '@/components/Table.module.css';
import { disputedQuery } from '../api/items';

const MOST = 8;

/** Which words of the guideline people do not agree on, and the tasks behind each. */
export function Disputed({ slug }: { slug: string }) {
  const { t } = useTranslation('insights');
  const { data } = useQuery(disputedQuery(slug));
  const paragraphs = data?.paragraphs ?? [];
  if (paragraphs.length === 0) return null;
  return (
    <Section title={t('disputed.title')} hint={t('disputed.hint')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th>{t('disputed.paragraph')}</th>
            <th>{t('disputed.decisions')}</th>
            <th>{t('disputed.tasks')}</th>
          </tr>
        </thead>
        <tbody>
          {paragraphs.map(({ cited, decisions, tasks }) => (
            <tr key={`${String(cited.version)} ${String(cited.paragraph)}`}>
              <td>
                <b>§{cited.paragraph}</b> {cited.heading && `${cited.heading}: `}
                {cited.text}
              </td>
              <td>{decisions}</td>
              <td>
                {tasks.slice(0, MOST).map((task, place) => (
                  <span key={task}>
                    <Link
                      to="/datasets/$slug/data"
                      params={{ slug }}
                      search={{ task }}
                      aria-label={t('disputed.task', { n: place + 1 })}
                    >
                      {place + 1}
                    </Link>{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
