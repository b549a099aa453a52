import { Button, Group, NumberInput, Radio, SegmentedControl, Select, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { compositionsQuery, type Pool, type Recipe, startComposition } from '../api/compositions';
import { PreviewLine } from './PreviewLine';
import classes from './ComposeForm.module.css';
import { usePreview } from './usePreview';

const STRATEGIES = ['random', 'stratified', 'score'] as const;

/** How groups are to be made, with a line that says what would come of it. */
export function ComposeForm({ slug, pool }: { slug: string; pool: Pool }) {
  const { t } = useTranslation('composing');
  const [recipe, setRecipe] = useState<Recipe>({
    size: 9,
    times: 1,
    images: pool.new > 0 ? 'new' : 'all',
    strategy: 'random',
    key: '',
    known_share: 0,
  });
  const [seed, setSeed] = useState<number | ''>('');
  const change = (part: Partial<Recipe>) => setRecipe({ ...recipe, ...part });
  const preview = usePreview(slug, recipe);
  const start = useStart(slug);

  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate({ ...recipe, ...(seed !== '' && { seed }) });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="lg" maw={640}>
        <div className={classes.pair}>
          <NumberInput
            label={t('form.size')}
            description={t('form.sizeHint')}
            min={2}
            max={12}
            clampBehavior="strict"
            allowDecimal={false}
            value={recipe.size ?? 9}
            onChange={(value) => change({ size: Number(value) || 2 })}
          />
          <NumberInput
            label={t('form.times')}
            description={t('form.timesHint')}
            min={1}
            max={50}
            clampBehavior="strict"
            allowDecimal={false}
            value={recipe.times ?? 1}
            onChange={(value) => change({ times: Number(value) || 1 })}
          />
        </div>
        <SegmentedControl
          aria-label={t('form.images')}
          value={recipe.images ?? 'new'}
          onChange={(images) => change({ images })}
          data={[
            { value: 'new', label: t('form.new', { count: pool.new }) },
            { value: 'all', label: t('form.all', { count: pool.images }) },
          ]}
        />
        <Order recipe={recipe} keys={pool.keys} onChange={change} />
        <div className={classes.pair}>
          <NumberInput
            label={t('form.known')}
            description={t(
              pool.known_yes + pool.known_no > 0 ? 'form.knownHint' : 'form.knownNone',
            )}
            suffix=" %"
            min={0}
            max={50}
            clampBehavior="strict"
            disabled={pool.known_yes + pool.known_no === 0}
            value={Math.round(1000 * (recipe.known_share ?? 0)) / 10}
            onChange={(value) => change({ known_share: (Number(value) || 0) / 100 })}
          />
          <NumberInput
            label={t('form.seed')}
            description={t('form.seedHint')}
            min={0}
            max={2 ** 31 - 1}
            clampBehavior="strict"
            allowDecimal={false}
            value={seed}
            onChange={(value) => setSeed(value === '' ? '' : Number(value))}
          />
        </div>
        <PreviewLine recipe={recipe} preview={preview} />
        {start.error && <ErrorNotice error={start.error} />}
        <Group>
          <Button type="submit" loading={start.isPending} disabled={!preview.data}>
            {t('form.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Order(props: {
  recipe: Recipe;
  keys: readonly string[];
  onChange: (part: Partial<Recipe>) => void;
}) {
  const { t } = useTranslation('composing');
  const { recipe, keys, onChange } = props;
  const usual = { random: '', stratified: 'label', score: 'score' };
  return (
    <Radio.Group
      label={t('form.order')}
      value={recipe.strategy ?? 'random'}
      onChange={(wanted) => {
        const strategy = wanted as (typeof STRATEGIES)[number];
        const key = keys.includes(usual[strategy]) ? usual[strategy] : (keys[0] ?? '');
        onChange({ strategy, key: strategy === 'random' ? '' : key });
      }}
    >
      <Stack gap="xs" mt={6}>
        {STRATEGIES.map((strategy) => (
          <Radio
            key={strategy}
            value={strategy}
            disabled={strategy !== 'random' && keys.length === 0}
            label={t(`strategy.${strategy}`)}
            description={t(`strategy.${strategy}Text`)}
          />
        ))}
        {recipe.strategy !== 'random' && (
          <Select
            label={t('form.key')}
            data={[...keys]}
            allowDeselect={false}
            value={recipe.key ?? ''}
            onChange={(key) => onChange({ key: key ?? '' })}
            maw={300}
            ml={30}
          />
        )}
        {keys.length === 0 && <p className={classes.hint}>{t('form.noKeys')}</p>}
      </Stack>
    </Radio.Group>
  );
}

function useStart(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recipe: Recipe) => startComposition(slug, recipe),
    onSettled: () => client.invalidateQueries({ queryKey: compositionsQuery(slug).queryKey }),
  });
}
