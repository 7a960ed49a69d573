import { Navigate } from 'react-router-dom';

/** A line has no page of its own: its gauge says all there is. */
export function LinePage() {
  return <Navigate to="/lines" replace />;
}
