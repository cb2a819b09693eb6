/** What is still missing before the first order arrives. */
import { __ } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import { Link, Panel, ToneIcon } from '../../components/index.ts';
import type { HostKind } from '../../host.ts';
import type { Target } from '../../router/route.ts';
import { isComplete } from './figures.ts';
import type { ConnectionStatus } from './figures.ts';

interface Step {
	readonly done: boolean;
	readonly text: string;
	readonly hint: string;
	readonly link: { readonly to: Target; readonly text: string } | null;
}

export function FirstDay( {
	connection,
}: {
	readonly connection: ConnectionStatus;
} ) {
	const { kind } = useHost();
	const { name, live, health, why, webhooks } = connection;
	const complete = isComplete( connection );
	const steps: readonly Step[] = [
		{
			done: complete && health !== 'down',
			text: __( 'Connect the shop and Brightpearl', 'pearlbridge' ),
			hint:
				why ??
				__(
					'The check says which side refuses us, and why.',
					'pearlbridge'
				),
			link: {
				to: whereToConnect( kind, connection ),
				text: complete
					? __( 'Check', 'pearlbridge' )
					: __( 'Fill in', 'pearlbridge' ),
			},
		},
		{
			done: live,
			text: __( 'Choose when to go live', 'pearlbridge' ),
			hint: __(
				'Orders placed before that moment are left alone. Look at the payment methods and taxes first.',
				'pearlbridge'
			),
			link: {
				to: { screen: 'settings', connection: name },
				text: __( 'Settings', 'pearlbridge' ),
			},
		},
		{
			done: webhooks.length > 0,
			text: __( 'The shop tells us at once', 'pearlbridge' ),
			hint: __(
				'Without webhooks orders are found by the sweep, within minutes.',
				'pearlbridge'
			),
			link: null,
		},
		{
			done: false,
			text: __( 'The first order arrives', 'pearlbridge' ),
			hint: __(
				'Place a test order in the shop: it shows here by itself.',
				'pearlbridge'
			),
			link: null,
		},
	];
	return (
		<Panel title={ __( 'Getting started', 'pearlbridge' ) }>
			<ol className="pb-steps">
				{ steps.map( ( { done, text, hint, link } ) => (
					<li key={ text }>
						<ToneIcon tone={ done ? 'success' : 'neutral' } />
						<div>
							<strong>
								{ text }
								<span className="pb-hidden">
									{ done
										? __( ' (done)', 'pearlbridge' )
										: __( ' (open)', 'pearlbridge' ) }
								</span>
							</strong>
							{ ! done && <p className="pb-muted">{ hint }</p> }
						</div>
						{ ! done && link !== null && (
							<Link
								to={ link.to }
								className="components-button is-secondary is-compact"
							>
								{ link.text }
							</Link>
						) }
					</li>
				) ) }
			</ol>
		</Panel>
	);
}

/** In wp-admin the shop's keys come with the pairing; all else is filled in under the settings. */
function whereToConnect(
	kind: HostKind,
	{ name, why }: ConnectionStatus
): Target {
	if ( kind === 'sidecar' ) {
		return { screen: 'connections' };
	}
	return why?.includes( 'store.consumerKey' ) === true
		? { screen: 'pairing' }
		: {
				screen: 'settings',
				connection: name,
				query: { field: 'brightpearl.auth' },
			};
}
