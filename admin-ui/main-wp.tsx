/** Entry in wp-admin: the plugin prints `window.pearlbridgeBoot` and `<div id="pearlbridge">`. */
import { createRoot } from '@wordpress/element';
import { App } from './src/app.tsx';
import { bootSchema, createWpHost } from './src/hosts/wp.ts';
import './src/styles/wp.css';

const boot = bootSchema.parse( Reflect.get( window, 'pearlbridgeBoot' ) );
const root = document.getElementById( 'pearlbridge' );
if ( root !== null ) {
	createRoot( root ).render( <App host={ createWpHost( boot ) } /> );
}
