import { ClientProvider } from './api/client.tsx';
import type { Host } from './host.ts';
import { SignedInOnly } from './login.tsx';
import { Shell } from './shell.tsx';
import { StatusProvider } from './status.tsx';

export function App( { host }: { readonly host: Host } ) {
	const inside = (
		<ClientProvider host={ host }>
			<StatusProvider>
				<Shell />
			</StatusProvider>
		</ClientProvider>
	);
	return __HOST__ === 'wp' || host.session === null ? (
		inside
	) : (
		<SignedInOnly session={ host.session }>{ inside }</SignedInOnly>
	);
}
