namespace Pyrite;

/// <summary>Single draws of a <see cref="RandomKey"/>: the first of a fill.</summary>
public static class RandomKeyNumbers
{
    extension(RandomKey key)
    {
        /// <summary>One uniform Float64 draw from the open interval (0, 1).</summary>
        public double UniformNumber()
        {
            double draw = 0;
            key.FillUniform(new Span<double>(ref draw));
            return draw;
        }

        /// <summary>One standard normal Float64 draw.</summary>
        public double NormalNumber()
        {
            double draw = 0;
            key.FillNormal(new Span<double>(ref draw));
            return draw;
        }
    }
}
