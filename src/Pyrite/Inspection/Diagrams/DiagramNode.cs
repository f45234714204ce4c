namespace Pyrite;

/// <summary>A node of a <see cref="Diagram"/>.</summary>
/// <param name="Name">What it is called, unique in the diagram; shown in bold.</param>
/// <param name="Caption">A second line below the name; empty for none.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Boxes">The boxes it lies in, outermost first, each by the text it shows. Equal paths are one box.</param>
public sealed record DiagramNode(string Name, string Caption, DiagramNodeStyle Style, IReadOnlyList<string> Boxes);
