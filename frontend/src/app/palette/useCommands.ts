import { useQuery } from '@tanstack/react-query';
import { type LinkProps, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { placesOf } from '@/features/datasets/places';
import { leave } from '@/features/people/api/logOut';
import { type Dataset, datasetQuery, may } from '@/lib/datasets';
import { homeQuery } from '@/lib/home';
import { useMe } from '@/lib/me';
import type { Command } from './commands';

/** All that can be gone to or done from here: what is about this dataset first. */
export function useCommands(): Command[] {
  const { t } = useTranslation(['shell', 'datasets']);
  const me = useMe();
  const navigate = useNavigate();
  const { slug } = useParams({ strict: false });
  const { data: dataset } = useQuery({ ...datasetQuery(slug ?? ''), enabled: slug !== undefined });
  const { data: home } = useQuery(homeQuery);
  const go = (
    text: string,
    detail: string,
    link: Pick<LinkProps, 'to' | 'params' | 'search'>,
  ): Command => ({
    id: `${detail} ${text} ${JSON.stringify(link)}`,
    text,
    detail,
    run: () => void navigate(link),
  });
  const inside = (each: Dataset): Command[] => {
    const params = { slug: each.slug };
    return [
      ...(may(each, 'label')
        ? [go(t('frame.label', { ns: 'datasets' }), each.name, { to: '/label/$slug', params })]
        : []),
      ...placesOf(each).map(([to, text]) =>
        go(t(text, { ns: 'datasets' }), each.name, { to, params }),
      ),
      ...(me.may_create_datasets && may(each, 'manage')
        ? [
            go(t('clone.item', { ns: 'datasets' }), each.name, {
              to: '/datasets/$slug',
              params,
              search: { clone: true },
            }),
          ]
        : []),
    ];
  };
  const place = t('palette.place');
  return [
    ...(dataset ? inside(dataset) : []),
    go(t('nav.home'), place, { to: '/' }),
    go(t('nav.datasets'), place, { to: '/datasets' }),
    ...(home?.datasets ?? []).map(({ slug: other, name }) =>
      go(name, t('palette.dataset'), { to: '/datasets/$slug', params: { slug: other } }),
    ),
    ...(me.may_create_datasets
      ? [go(t('palette.newDataset'), place, { to: '/datasets/new' })]
      : []),
    ...(me.is_admin
      ? [
          go(t('nav.people'), place, { to: '/people' }),
          go(t('nav.audit'), t('nav.system'), { to: '/system/audit' }),
        ]
      : []),
    go(t('user.account'), place, { to: '/account' }),
    {
      id: 'log out',
      text: t('user.logout'),
      detail: t('palette.act'),
      run: () => void leave(),
    },
  ];
}
