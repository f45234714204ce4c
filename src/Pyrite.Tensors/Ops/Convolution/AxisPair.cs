namespace Pyrite;

/// <summary>One number for the height and one for the width of images: a stride, a padding, a kernel size. An integer means both.</summary>
public readonly record struct AxisPair(int Height, int Width)
{
    /// <summary>The same number for both axes.</summary>
    public static implicit operator AxisPair(int both) => new(both, both);

    /// <summary>A height and a width.</summary>
    public static implicit operator AxisPair((int Height, int Width) pair) => new(pair.Height, pair.Width);

    /// <summary>The two numbers in brackets.</summary>
    public override string ToString() => $"({Height}, {Width})";
}
