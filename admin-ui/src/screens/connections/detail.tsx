import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { useCommand, useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	Confirm,
	ErrorNotice,
	Facts,
	HealthBadge,
	Link,
	Note,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
	navigate,
	notify,
} from '../../components/index.ts';
import { useStatus } from '../../status.tsx';
import { Authorize } from './authorize.tsx';
import { CheckPanel } from './check.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { BrightpearlFacts, StoreFacts } from './facts.tsx';
import { Remove } from './remove.tsx';
import { SiteNotice } from './site-notice.tsx';
import { PairCode } from './pair-code.tsx';

export function ConnectionDetail( {
	name,
	editing,
	field,
	check,
}: {
	readonly name: string;
	readonly editing: boolean;
	readonly field: string | null;
	/** Check at once: it was just added. */
	readonly check: boolean;
} ) {
	const shown = useOperation(
		'connectionShow',
		{ name },
		{
			keep: false,
			refreshOn: ( event ) =>
				event.event === 'changed' &&
				event.connection === name &&
				event.what !== 'problems',
		}
	);
	const { data: status } = useStatus();
	const state = status?.connections.find( ( one ) => one.name === name );
	const [ checks, setChecks ] = useState( check ? 1 : 0 );
	const [ removing, setRemoving ] = useState( false );
	const here = { screen: 'connections', connection: name };
	const view = shown.data;
	return (
		<>
			<ScreenHeading
				title={
					editing
						? sprintf(
								/* translators: %s: name of a connection */
								__( 'Edit %s', 'pearlbridge' ),
								name
							)
						: name
				}
				back={
					<Link to={ editing ? here : { screen: 'connections' } }>
						{ editing
							? name
							: __( 'All connections', 'pearlbridge' ) }
					</Link>
				}
				meta={
					state === undefined ? undefined : (
						<HealthBadge health={ state.health } />
					)
				}
			>
				{ ! editing && (
					<>
						<Link
							className="components-button is-secondary is-next-40px-default-size"
							to={ { screen: 'settings', connection: name } }
						>
							{ __( 'Settings', 'pearlbridge' ) }
						</Link>
						<Link
							className="components-button is-primary is-next-40px-default-size"
							to={ { ...here, rest: [ 'edit' ] } }
						>
							{ __( 'Edit', 'pearlbridge' ) }
						</Link>
					</>
				) }
			</ScreenHeading>
			<ErrorNotice error={ shown.error } retry={ shown.reload } />
			{ view === null && shown.error === null && (
				<Skeleton height="320px" />
			) }
			{ view !== null && editing && (
				<ConnectionForm
					view={ view }
					field={ field }
					onDone={ () => {
						setChecks( checks + 1 );
						navigate( here );
					} }
					onCancel={ () => navigate( here ) }
				/>
			) }
			{ view !== null && ! editing && (
				<div className="pb-stack">
					<SiteNotice
						connection={ name }
						health={ state?.health ?? null }
					/>
					{ state?.health !== 'ok' && state?.why != null && (
						<Note status="warning">{ state.why }</Note>
					) }
					<div className="pb-columns">
						<Panel title={ __( 'Shop', 'pearlbridge' ) }>
							<StoreFacts view={ view } />
						</Panel>
						<Panel title={ __( 'Brightpearl', 'pearlbridge' ) }>
							<BrightpearlFacts view={ view } />
							<Authorize
								view={ view }
								onDone={ () => {
									setChecks( checks + 1 );
									shown.reload();
								} }
							/>
						</Panel>
					</div>
					<CheckPanel name={ name } now={ checks } />
					<PairingPanel view={ view } />
					<Panel title={ __( 'Remove', 'pearlbridge' ) }>
						<div className="pb-row">
							<p className="pb-muted">
								{ __(
									'Ends the synchronisation of this shop and forgets what was synchronised.',
									'pearlbridge'
								) }
							</p>
							<CommandButton
								destructive
								onClick={ () => setRemoving( true ) }
							>
								{ __( 'Remove…', 'pearlbridge' ) }
							</CommandButton>
						</div>
					</Panel>
				</div>
			) }
			{ removing && (
				<Remove name={ name } onClose={ () => setRemoving( false ) } />
			) }
		</>
	);
}

function PairingPanel( { view }: { readonly view: ConnectionView } ) {
	const { name, paired } = view;
	const unpair = useCommand( 'connectionUnpair' );
	const [ asking, setAsking ] = useState( false );
	return (
		<Panel title={ __( 'Plugin in the shop', 'pearlbridge' ) }>
			{ paired === null ? (
				<>
					<p>
						{ __(
							'Not paired. With the plugin orders arrive at once, stock is written safely, and the console stands in wp-admin too. Without it the sweep finds every order.',
							'pearlbridge'
						) }
					</p>
					<PairCode connection={ name } />
				</>
			) : (
				<>
					<Facts
						items={ [
							{
								label: __( 'Paired', 'pearlbridge' ),
								value: <Time at={ paired.since } />,
							},
							{
								label: __( 'Key', 'pearlbridge' ),
								value: <code>{ paired.keyId }</code>,
							},
							{
								label: __( 'Site', 'pearlbridge' ),
								value: <code>{ paired.siteId }</code>,
							},
						] }
					/>
					<div className="pb-actions">
						<CommandButton
							destructive
							onClick={ () => setAsking( true ) }
						>
							{ __( 'Unpair…', 'pearlbridge' ) }
						</CommandButton>
					</div>
				</>
			) }
			{ asking && (
				<Confirm
					title={ __( 'Unpair the plugin?', 'pearlbridge' ) }
					action={ __( 'Unpair', 'pearlbridge' ) }
					destructive
					busy={ unpair.busy }
					error={ unpair.error }
					onClose={ () => setAsking( false ) }
					onConfirm={ () => {
						void unpair.run( { name } ).then( ( answer ) => {
							if ( answer.ok ) {
								setAsking( false );
								notify(
									__(
										'The plugin is unpaired.',
										'pearlbridge'
									)
								);
							}
						} );
					} }
				>
					<p>
						{ __(
							'Its key stops working at once. The connection stays, and orders are found by the sweep. To pair again, the shop needs a new code.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</Panel>
	);
}
