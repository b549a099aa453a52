import { Button, Menu, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { AuditSearch } from '@/lib/auditSearch';
import { datasetsQuery, peopleQuery } from '../api/choices';
import { fileAddress, groupsOf, USUAL, whatOf } from '../api/events';
import type { LogProps } from './EventLog';
import classes from './Filters.module.css';

/** What is shown, by whom, where and when; and the same as a file. */
export function Filters(props: LogProps & { about: string }) {
  const { t } = useTranslation('audit');
  const { slug, search, onSearch } = props;
  const people = useQuery(peopleQuery(slug));
  const change = (part: Partial<Record<keyof AuditSearch, string | null>>) =>
    onSearch(given({ ...search, ...part }));
  return (
    <div className={classes.bar} role="group" aria-label={t('filter.label')}>
      <Select
        label={t('filter.what')}
        size="xs"
        allowDeselect={false}
        data={[USUAL, 'all', ...groupsOf(slug)].map((value) => ({
          value,
          label: t(`group.${value as 'all'}`),
        }))}
        value={whatOf(search)}
        onChange={(what) =>
          // Unsaid it is the usual, except of one thing.
          change({ what: what === USUAL && !search.object ? null : what, kind: null })
        }
      />
      <Select
        label={t('filter.who')}
        placeholder={t('filter.anybody')}
        size="xs"
        clearable
        searchable
        nothingFoundMessage={t('filter.nobody')}
        data={people.data ?? []}
        value={search.actor ?? null}
        onChange={(actor) => change({ actor })}
      />
      {slug === undefined && <WhichDataset value={search.dataset} onChange={change} />}
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`filter.${end}`)}
          size="xs"
          value={search[end] ?? ''}
          onChange={(event) => change({ [end]: event.currentTarget.value })}
        />
      ))}
      <Download {...props} />
      <Chips {...props} />
    </div>
  );
}

function WhichDataset(props: {
  value: string | undefined;
  onChange: (part: { dataset: string | null }) => void;
}) {
  const { t } = useTranslation('audit');
  const datasets = useQuery(datasetsQuery);
  return (
    <Select
      label={t('filter.dataset')}
      placeholder={t('filter.anywhere')}
      size="xs"
      clearable
      searchable
      nothingFoundMessage={t('filter.nowhere')}
      data={datasets.data ?? []}
      value={props.value ?? null}
      onChange={(dataset) => props.onChange({ dataset })}
    />
  );
}

function Download({ slug, search }: LogProps) {
  const { t } = useTranslation('audit');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          className={classes.download}
          variant="default"
          size="xs"
          leftSection={<Icon name="download" size={14} />}
        >
          {t('download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'jsonl'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={fileAddress(slug, search, format)} download>
            {t(format === 'csv' ? 'table' : 'lines')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What only links bring into the filter. */
function Chips({ search, onSearch, about }: LogProps & { about: string }) {
  const { t } = useTranslation('audit');
  const { kind, object, object_type: type, ...rest } = search;
  const chips = [
    ...(kind === undefined
      ? []
      : [[t('filter.kind', { kind }), given({ ...rest, object, object_type: type })] as const]),
    ...(object === undefined
      ? []
      : [
          [
            about ? t('filter.about', { name: about }) : t('filter.object'),
            given({ ...rest, kind }),
          ] as const,
        ]),
  ];
  if (chips.length === 0) return null;
  return (
    <div className={classes.chips}>
      {chips.map(([text, without]) => (
        <span key={text}>
          {text}
          <button
            type="button"
            aria-label={t('filter.remove', { filter: text })}
            onClick={() => onSearch(without)}
          >
            <Icon name="cross" size={14} />
          </button>
        </span>
      ))}
    </div>
  );
}

/** Without what says nothing. */
function given(search: Partial<Record<keyof AuditSearch, string | null | undefined>>): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value));
}
