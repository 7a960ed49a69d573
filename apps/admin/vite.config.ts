import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const source = (name: string) => fileURLToPath(new URL(`../../libs/${name}/src/index.ts`, import.meta.url));
const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The libraries run from source, as in every other test and tool of the repository.
    alias: {
      '@tallystick/client': source('client'),
      '@tallystick/crypto': source('crypto'),
      '@tallystick/domain': source('domain'),
      '@tallystick/protocol': source('protocol'),
    },
    dedupe: ['react', 'react-dom'],
  },
  server: { proxy: { '/api': { target: gateway } } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The page allows scripts from its own files only, so nothing may be inlined.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'mui', test: /node_modules[\\/](@mui|@emotion)/, priority: 3 },
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|react-router-dom|scheduler)[\\/]/,
              priority: 3,
            },
            {
              name: 'ledger',
              test: /(node_modules[\\/](@noble|zod)|libs[\\/](client|crypto|domain|protocol)[\\/]src)/,
              priority: 2,
            },
            { name: 'vendor', test: /node_modules/, priority: 1 },
          ],
        },
      },
    },
  },
});
