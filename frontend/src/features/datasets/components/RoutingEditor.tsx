import { ActionIcon, Button, Input, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import classes from './RoutingEditor.module.css';

export type Route = Dataset['routing'][number];
type Kind = 'people' | 'named' | 'others';

const KINDS: readonly Kind[] = ['people', 'named', 'others'];

/** Who gets which images by what their meta says; the first row that fits and names people counts. */
export function RoutingEditor(props: {
  routes: readonly Route[];
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (routes: Route[]) => void;
}) {
  const { t } = useTranslation('datasets');
  const { routes, onChange } = props;
  const put = (at: number, route: Route) =>
    onChange(routes.map((old, n) => (n === at ? route : old)));
  return (
    <Input.Wrapper
      label={t('routing.label')}
      description={t('routing.hint')}
      labelElement="div"
      error={fieldError(props.error, 'routing')}
    >
      <ol className={classes.routes}>
        {routes.map((route, at) => (
          <li key={at}>
            <RouteFields route={route} onChange={(changed) => put(at, changed)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('routing.remove', { n: at + 1 })}
              onClick={() => onChange(routes.filter((_, n) => n !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        size="xs"
        onClick={() => onChange([...routes, { meta: '', to: [], equals: '' }])}
      >
        {t('routing.add')}
      </Button>
    </Input.Wrapper>
  );
}

function RouteFields({ route, onChange }: { route: Route; onChange: (route: Route) => void }) {
  const { t } = useTranslation('datasets');
  const { meta, to } = route;
  const kind: Kind = typeof to === 'string' ? to : 'people';
  return (
    <div className={classes.fields}>
      <NativeSelect
        label={t('routing.kind')}
        data={KINDS.map((value) => ({ value, label: t(`routing.${value}`) }))}
        value={kind}
        onChange={(event) => onChange(ofKind(event.currentTarget.value as Kind, meta))}
      />
      <TextInput
        label={t('routing.meta')}
        placeholder={t(`routing.metaOf.${kind}`)}
        required
        withAsterisk={false}
        value={meta}
        onChange={(event) => onChange({ ...route, meta: event.currentTarget.value })}
      />
      {typeof to !== 'string' && (
        <>
          <TextInput
            label={t('routing.equals')}
            required
            withAsterisk={false}
            value={String(route.equals ?? '')}
            onChange={(event) => onChange({ ...route, equals: event.currentTarget.value })}
          />
          <TagsInput
            label={t('routing.to')}
            placeholder={to.length === 0 ? t('members.emailPlaceholder') : undefined}
            splitChars={[',', ';', ' ']}
            value={to}
            onChange={(people) => onChange({ ...route, to: people })}
          />
        </>
      )}
    </div>
  );
}

function ofKind(kind: Kind, meta: string): Route {
  return kind === 'people' ? { meta, to: [], equals: '' } : { meta, to: kind };
}
