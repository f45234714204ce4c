namespace Pyrite.Plotting.Text;

/// <summary>Which part of a line of text lies at the given point.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
