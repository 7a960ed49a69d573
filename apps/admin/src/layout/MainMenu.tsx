import { Menu, useResourceDefinitions } from 'react-admin';
import { useText } from '../i18n';
import { iconOf } from './icons';
import { MENUS, type MenuEntry } from './menus';
import { useKind } from './role';

/** Entries of the current role whose pages exist. */
export function useMenu(): readonly MenuEntry[] {
  const { kind } = useKind();
  const resources = useResourceDefinitions();
  if (kind === undefined) return [];
  return MENUS[kind].filter(({ resource }) => resource === undefined || resource in resources);
}

export function MainMenu() {
  const text = useText();
  return (
    <nav aria-label="Tallystick">
      <Menu>
        {useMenu().map(({ to, label, resource }) => (
          <Menu.Item key={to} to={to} primaryText={text(label)} leftIcon={iconOf(resource)} />
        ))}
      </Menu>
    </nav>
  );
}
