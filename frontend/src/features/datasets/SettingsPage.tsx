import { useTranslation } from 'react-i18next';
import { Page, Section } from '@/components/Page';
import { hasLabels, useDataset } from '@/lib/datasets';
import { GuidelineEditor } from './components/GuidelineEditor';
import { Fitting } from './components/Fitting';
import { SettingsForm } from './components/SettingsForm';
import { Ending } from './ending/Ending';
import { Labels } from './labels/Labels';

export function SettingsPage() {
  const { t } = useTranslation('datasets');
  const dataset = useDataset();
  return (
    <Page sub title={t('tab.settings')} intro={t('settings.intro')} narrow>
      <Fitting slug={dataset.slug} />
      {/* A new version is a new form: what was typed on top of an old one is not mixed into it. */}
      <SettingsForm key={dataset.config_version} dataset={dataset} />
      {hasLabels(dataset.interface) && (
        <Section title={t('labels.title')} hint={t('labels.hint')}>
          <Labels dataset={dataset} />
        </Section>
      )}
      <Section title={t('guideline.title')} hint={t('guideline.hint')}>
        <GuidelineEditor dataset={dataset} />
      </Section>
      <Section title={t('ending.title')}>
        <Ending dataset={dataset} />
      </Section>
    </Page>
  );
}
