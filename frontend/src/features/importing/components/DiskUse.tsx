import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { fileSize, formatCount } from '@/lib/format';
import { storageQuery } from '../api/storage';

/** What the images of the dataset take on the server's disk. */
export function DiskUse({ slug }: { slug: string }) {
  const { t, i18n } = useTranslation('importing');
  const { data } = useQuery(storageQuery(slug));
  if (!data || data.images === 0) return null;
  const { images, elsewhere, originals, renditions, shared } = data;
  return (
    <Section title={t('disk.title')}>
      <p>
        {t('disk.all', {
          count: images,
          number: formatCount(images, i18n.language),
          size: fileSize(originals + renditions),
        })}
        {renditions > 0 &&
          ` ${t('disk.parts', { originals: fileSize(originals), renditions: fileSize(renditions) })}`}
        {elsewhere > 0 &&
          ` ${t('disk.elsewhere', { count: elsewhere, number: formatCount(elsewhere, i18n.language) })}`}
        {shared > 0 && ` ${t('disk.shared', { size: fileSize(shared) })}`}
      </p>
    </Section>
  );
}
