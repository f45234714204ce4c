namespace Pyrite;

/// <summary>What a <see cref="Diagram"/> is drawn with: shapes, lines and text at places in pixels, x to the right and y downwards.</summary>
public interface IDiagramPainter
{
    /// <summary>Draws a rectangle.</summary>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="radius">The radius of its corners.</param>
    /// <param name="ink">How it looks.</param>
    void Rectangle(double left, double top, double width, double height, double radius, DiagramInk ink);

    /// <summary>Draws the ellipse that fills a rectangle.</summary>
    /// <param name="left">The left edge of the rectangle.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="ink">How it looks.</param>
    void Ellipse(double left, double top, double width, double height, DiagramInk ink);

    /// <summary>Draws a line with an arrowhead at its end, both as SVG's path data with absolute coordinates.</summary>
    /// <param name="line">The line, to be stroked.</param>
    /// <param name="head">The head, to be filled.</param>
    /// <param name="label">What the arrow says to readers that cannot see it.</param>
    void Arrow(string line, string head, string label);

    /// <summary>Writes a line of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Its middle, or its right end.</param>
    /// <param name="baseline">Where its letters stand.</param>
    /// <param name="size">Its size.</param>
    /// <param name="isName">Whether it is a name, bold and dark, in place of a remark, plain and gray.</param>
    /// <param name="endsAtX">Whether it ends at <paramref name="x"/>, in place of having its middle there.</param>
    void Text(string text, double x, double baseline, double size, bool isName, bool endsAtX);

    /// <summary>What follows belongs to one node, up to <see cref="EndGroup"/>.</summary>
    /// <param name="title">What the node says to readers that cannot see it.</param>
    void BeginGroup(string title);

    /// <summary>Ends what <see cref="BeginGroup"/> began.</summary>
    void EndGroup();
}
