
namespace Pyrite.Plotting;

/// <summary>Turns numbers from 0 to 1 into colours, straight lines in sRGB between given knots.</summary>
public sealed class ColorMap
{
    private readonly Rgb[] knots;

    /// <summary>Makes a colour map from equally spaced knots.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="knots">Two colours or more; the first stands for 0, the last for 1.</param>
    /// <exception cref="ArgumentException">There are fewer than two knots.</exception>
    public ColorMap(string name, params ReadOnlySpan<Rgb> knots)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (knots.Length < 2)
        {
            throw new ArgumentException($"A colour map needs at least 2 knots, found {knots.Length}.", nameof(knots));
        }

        Name = name;
        this.knots = knots.ToArray();
    }

    /// <summary>Dark violet over green to yellow: even steps look even, in gray and to the colour-blind too.</summary>
    /// <remarks>Knots every tenth of van der Walt and Smith's viridis (2015, public domain).</remarks>
    public static ColorMap Viridis { get; } = FromHex(
        "viridis", "#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725");

    /// <summary>Blue over near-white to red, for values with a meaningful middle such as correlations.</summary>
    public static ColorMap BlueRed { get; } = FromHex(
        "blue-red", "#17408b", "#4f86c6", "#a9cbe8", "#f6f6f6", "#f3b59b", "#d5634a", "#8f1528");

    /// <summary>Black to white.</summary>
    public static ColorMap Grays { get; } = FromHex("grays", "#000000", "#ffffff");

    /// <summary>What the map is called.</summary>
    public string Name { get; }

    /// <summary>The colour for a number.</summary>
    /// <param name="fraction">0 to 1; what lies outside takes the nearest end.</param>
    /// <returns>The colour.</returns>
    /// <exception cref="ArgumentException">The number is NaN.</exception>
    public Rgb At(double fraction)
    {
        if (double.IsNaN(fraction))
        {
            throw new ArgumentException("A colour map has no colour for NaN.", nameof(fraction));
        }

        double position = Math.Clamp(fraction, 0, 1) * (knots.Length - 1);
        int below = Math.Min((int)position, knots.Length - 2);
        double weight = position - below;
        Rgb a = knots[below], b = knots[below + 1];
        return new Rgb(Mix(a.R, b.R, weight), Mix(a.G, b.G, weight), Mix(a.B, b.B, weight));
    }

    private static byte Mix(byte a, byte b, double weight) => (byte)(a + ((b - a) * weight) + 0.5);

    private static ColorMap FromHex(string name, params string[] knots) => new(name, Array.ConvertAll(knots, Rgb.Parse));
}
