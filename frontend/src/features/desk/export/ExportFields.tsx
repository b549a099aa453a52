import { Checkbox, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { type ExportOrder, fitting, formatsFor, holdsSeveral, needsImages } from './formats';
import { SplitFields } from './SplitFields';

const WHICH = ['final', 'answers', 'both'] as const;

/** What somebody wants in a file: the format first, since it says what else there is to ask. Of a
 * `frozen` moment only final answers are kept, with pseudonyms. */
export function ExportFields(props: {
  dataset: Dataset;
  value: ExportOrder;
  size?: 'xs' | 'sm';
  frozen?: boolean;
  onChange: (order: ExportOrder) => void;
}) {
  const { t } = useTranslation('desk');
  const { dataset, value, size = 'sm' } = props;
  const change = (changes: Partial<ExportOrder>) =>
    props.onChange(fitting({ ...value, ...changes }, dataset));
  const several = holdsSeveral(value.format) && !props.frozen;
  return (
    <Stack align="flex-start" gap="md">
      <Radio.Group
        size={size}
        label={t('export.format')}
        value={value.format}
        onChange={(format) => change({ format: format as ExportOrder['format'] })}
      >
        <Stack gap="xs" mt={6}>
          {formatsFor(dataset).map((format) => (
            <Radio
              key={format}
              size={size}
              value={format}
              label={t(`export.formats.${format}`)}
              description={t(`export.about.${format}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {several && (
        <Radio.Group
          size={size}
          label={t('export.which')}
          value={value.which}
          onChange={(which) => change({ which: which as ExportOrder['which'] })}
        >
          <Stack gap="xs" mt={6}>
            {WHICH.map((which) => (
              <Radio key={which} size={size} value={which} label={t(`export.${which}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Checkbox
        size={size}
        label={t('export.images')}
        description={t('export.imagesText')}
        checked={value.images}
        disabled={needsImages(value.format, dataset)}
        onChange={(event) => change({ images: event.currentTarget.checked })}
      />
      {dataset.interface !== 'image_choice' && (
        <SplitFields size={size} value={value.splits} onChange={(splits) => change({ splits })} />
      )}
      {several && (
        <Checkbox
          size={size}
          label={t('export.names')}
          description={t('export.namesText')}
          checked={value.names}
          onChange={(event) => change({ names: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
