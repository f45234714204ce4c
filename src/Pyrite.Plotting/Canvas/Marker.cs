namespace Pyrite.Plotting.Canvas;

/// <summary>The shape of a data point; all of about the same area for the same radius.</summary>
internal enum Marker
{
    Circle,
    Square,
    Triangle,
    Diamond,
}
