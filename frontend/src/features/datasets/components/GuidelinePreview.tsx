import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { GuidelineText } from '@/components/guideline/GuidelineText';
import { Loading } from '@/components/Loading';
import { previewGuideline } from '../api/guidelines';
import classes from './Guideline.module.css';

/** How a text will be read, and what will not be shown of it. */
export function GuidelinePreview({ slug, text }: { slug: string; text: string }) {
  const { t } = useTranslation('datasets');
  const preview = useQuery({
    queryKey: ['guideline', slug, 'preview', text],
    queryFn: () => previewGuideline(slug, text),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (preview.error) {
    return <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />;
  }
  if (!preview.data) return <Loading count={1} height={240} />;
  const { html, left_out } = preview.data;
  return (
    <>
      <div className={classes.sheet}>
        {html === '' ? <p className={classes.dim}>{t('guideline.blank')}</p> : null}
        <GuidelineText html={html} />
      </div>
      {left_out.length > 0 && (
        <p role="status" className={classes.warning}>
          {t('guideline.leftOut')} {left_out.join(', ')}
        </p>
      )}
    </>
  );
}
