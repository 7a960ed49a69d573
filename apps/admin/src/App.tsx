import { QueryClient } from '@tanstack/react-query';
import { Admin, CustomRoutes, localStorageStore, Resource } from 'react-admin';
import { BrowserRouter } from 'react-router-dom';
import { ProblemError } from './api/problem';
import { createAuthProvider } from './auth/authProvider';
import { LoginPage } from './auth/LoginPage';
import { dataProvider } from './data/dataProvider';
import { Home } from './home/Home';
import { createI18nProvider } from './i18n';
import { Shell } from './layout/Shell';
import { NOUNS } from './nouns';
import { SigningDesk } from './operation/SigningDesk';
import { darkTheme, lightTheme } from './theme/theme';

// Preferences only (language, theme, role): business data never go to the browser's storage.
const kept = localStorageStore('1', 'tallystick');
/** Of the browser rather than of who signs in at it: they outlive a sign-out. */
const LASTING: readonly string[] = ['locale', 'theme'];
const store: typeof kept = {
  ...kept,
  reset: () => {
    for (const key of Object.keys(kept.listItems?.() ?? {})) if (!LASTING.includes(key)) kept.removeItem(key);
  },
};

// A refusal stays one however often it is asked for; only an answer that did not come is worth another try.
const isWorthAnotherTry = (failures: number, error: Error): boolean =>
  failures < 1 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500);

const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, refetchOnWindowFocus: true, retry: isWorthAnotherTry } },
});
const authProvider = createAuthProvider(queryClient);
const i18nProvider = createI18nProvider(store.getItem('locale'));

export function App() {
  return (
    <BrowserRouter>
      <Admin
        title="Tallystick"
        authProvider={authProvider}
        dataProvider={dataProvider}
        i18nProvider={i18nProvider}
        queryClient={queryClient}
        store={store}
        layout={SignedLayout}
        loginPage={LoginPage}
        dashboard={Home}
        lightTheme={lightTheme}
        darkTheme={darkTheme}
        requireAuth
        disableTelemetry
      >
        {NOUNS.map(({ routes: _routes, publicRoutes: _public, ...resource }) => (
          <Resource key={resource.name} {...resource} />
        ))}
        <CustomRoutes>{NOUNS.map(({ routes }) => routes)}</CustomRoutes>
        <CustomRoutes noLayout>{NOUNS.map(({ publicRoutes }) => publicRoutes)}</CustomRoutes>
      </Admin>
    </BrowserRouter>
  );
}

/** Pages inside the frame can have things signed. */
function SignedLayout(props: Parameters<typeof Shell>[0]) {
  return (
    <SigningDesk>
      <Shell {...props} />
    </SigningDesk>
  );
}
