namespace Pyrite.Plotting;

/// <summary>A picture of a chosen size with a title: every chart, and figures of several charts.</summary>
public abstract class Chart : Picture
{
    private const int LeastSide = 120;
    private const int LargestSide = 8192;
    private const int LargestDensity = 4;

    private protected Chart()
    {
    }

    /// <summary>Text above the plot; empty for none.</summary>
    public string Title
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = "";

    /// <summary>Width in pixels at density 1: 120 to 8192, by default 900.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    public int Width
    {
        get;
        init => field = RequireBetween(value, LeastSide, LargestSide, nameof(Width));
    } = 900;

    /// <summary>Height in pixels at density 1: 120 to 8192, by default 560.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is out of range.</exception>
    public int Height
    {
        get;
        init => field = RequireBetween(value, LeastSide, LargestSide, nameof(Height));
    } = 560;

    /// <summary>Pixels of a PNG file for one pixel of <see cref="Width"/> and <see cref="Height"/>: 1 to 4, by default 2.</summary>
    /// <remarks>2 keeps lines and letters sharp on high-density screens; the file notes it, so that viewers can show the intended size. SVG does not
    /// need it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The density is out of range.</exception>
    public int Density
    {
        get;
        init => field = RequireBetween(value, 1, LargestDensity, nameof(Density));
    } = 2;

    internal sealed override PictureSize Size => new(Width, Height, Density);

    internal override string Name => Title.Length == 0 ? GetType().Name : Title;

    private static int RequireBetween(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most} pixels.");
}
