using System.Globalization;

namespace Pyrite.Plotting;

/// <summary>A colour with 8 bits each of red, green and blue (sRGB).</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Black.</summary>
    public static Rgb Black => new(0, 0, 0);

    /// <summary>White.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>The gray with the given level in all three channels.</summary>
    /// <param name="level">0 is black, 255 is white.</param>
    /// <returns>The gray.</returns>
    public static Rgb Gray(byte level) => new(level, level, level);

    /// <summary>Reads a colour written as <c>#rrggbb</c>.</summary>
    /// <param name="text">Seven characters, for instance <c>#3f90da</c>.</param>
    /// <returns>The colour.</returns>
    /// <exception cref="ArgumentException">The text is not <c>#</c> and six hexadecimal digits.</exception>
    public static Rgb Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 7 || text[0] != '#'
            || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
        {
            throw new ArgumentException($"Expected a colour such as \"#3f90da\", found \"{text}\".", nameof(text));
        }

        return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>The colour as <c>#rrggbb</c>, in lower case.</summary>
    /// <returns>Seven characters.</returns>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
