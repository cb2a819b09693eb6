/** In wp-admin: the Brightpearl side of the paired connection, shown, checked and changed. */
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	Panel,
	Skeleton,
} from '../../components/index.ts';
import { Authorize } from './authorize.tsx';
import { CheckPanel } from './check.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { BrightpearlFacts } from './facts.tsx';
import { GRANT_FIELD } from './grant.ts';

export function BrightpearlPanel( {
	name,
	field,
}: {
	readonly name: string;
	/** A link means this field: its form opens. */
	readonly field: string | null;
} ) {
	const shown = useOperation(
		'connectionShow',
		{ name },
		{
			refreshOn: ( event ) =>
				event.event === 'changed' && event.what === 'connection',
		}
	);
	const [ editing, setEditing ] = useState(
		field?.startsWith( 'brightpearl' ) === true && field !== GRANT_FIELD
	);
	const [ checks, setChecks ] = useState( 0 );
	const view = shown.data;
	const close = (): void => {
		setEditing( false );
		// The form goes with its buttons: reading goes on at the top.
		document
			.querySelector< HTMLElement >( '.pb-heading h1' )
			?.focus( { preventScroll: true } );
	};
	return (
		<>
			<ErrorNotice error={ shown.error } retry={ shown.reload } />
			{ view === null ? (
				shown.error === null && <Skeleton height="200px" />
			) : editing ? (
				<ConnectionForm
					view={ view }
					field={ field ?? 'brightpearl.account' }
					only="brightpearl"
					onDone={ () => {
						close();
						setChecks( checks + 1 );
						shown.reload();
					} }
					onCancel={ close }
				/>
			) : (
				<Panel
					title={ __( 'Brightpearl', 'pearlbridge' ) }
					actions={
						<CommandButton
							size="compact"
							variant={
								view.brightpearl === null
									? 'primary'
									: 'secondary'
							}
							onClick={ () => setEditing( true ) }
						>
							{ view.brightpearl === null
								? __( 'Fill in', 'pearlbridge' )
								: __( 'Edit', 'pearlbridge' ) }
						</CommandButton>
					}
				>
					<BrightpearlFacts view={ view } />
					<Authorize
						view={ view }
						onDone={ () => {
							setChecks( checks + 1 );
							shown.reload();
						} }
					/>
				</Panel>
			) }
			{ view !== null && view.brightpearl !== null && ! editing && (
				<CheckPanel name={ name } now={ checks } />
			) }
		</>
	);
}
