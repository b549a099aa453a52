import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import controls from '@/components/bench/controls.module.css';
import { guidelinesQuery, isNews } from '@/lib/guidelines';

const LOOK_AGAIN = 60_000;

/** Opens the guideline; marked while it holds something that its reader has not seen. */
export function GuidelineButton(props: {
  slug: string;
  title: string;
  pressed: boolean;
  onClick: () => void;
}) {
  const { t } = useTranslation();
  const versions = useQuery({ ...guidelinesQuery(props.slug), refetchInterval: LOOK_AGAIN });
  const news = isNews(versions.data ?? []);
  return (
    <button
      type="button"
      className={controls.tool}
      data-news={news}
      title={props.title}
      aria-label={news ? t('guideline.news', { title: props.title }) : props.title}
      aria-pressed={props.pressed}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={props.onClick}
    >
      <Icon name="book" />
    </button>
  );
}
