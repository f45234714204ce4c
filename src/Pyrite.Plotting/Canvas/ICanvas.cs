namespace Pyrite.Plotting.Canvas;

/// <summary>What a chart draws on: pixels and SVG stand behind it, so that every chart is written once.</summary>
/// <remarks>Coordinates are pixels of the picture at density 1, the origin is the top left corner.</remarks>
internal interface ICanvas
{
    /// <summary>Fills a rectangle.</summary>
    void FillRectangle(Rect area, Paint paint);

    /// <summary>Fills a disc.</summary>
    void FillCircle(CanvasPoint centre, double radius, Paint paint);

    /// <summary>Fills what a path encloses (non-zero winding rule); open parts are closed.</summary>
    void FillPath(VectorPath path, Paint paint);

    /// <summary>Draws a line along a path; <paramref name="label"/> is what the strokes say where they are text.</summary>
    void StrokePath(VectorPath path, Stroke stroke, Paint paint, string? label = null);

    /// <summary>Draws an image of 1 or 3 channels so that it fills a rectangle, every pixel a sharp block.</summary>
    void DrawImage(Rect area, PngImage image);

    /// <summary>From here until <see cref="PopClip"/> only what falls into the rectangle (and earlier ones) is drawn.</summary>
    void PushClip(Rect area);

    /// <summary>Ends the latest <see cref="PushClip"/>.</summary>
    void PopClip();

    /// <summary>Names what is drawn until <see cref="EndGroup"/>, for readers of the picture that cannot see it.</summary>
    void BeginGroup(string title);

    /// <summary>Ends the latest <see cref="BeginGroup"/>.</summary>
    void EndGroup();
}
