namespace Pyrite.Functions.Truncation;

/// <summary>Mean, variance, entropy and distribution function of a truncated Gaussian with their gradients, computed from loc, scale and bounds as
/// they are.</summary>
/// <remarks>Gradients are covariances and densities at the bounds (differentiate under the integral), so that they keep their digits where
/// differences of moments would not.</remarks>
internal static class TruncatedNormalMembers
{
    public static Tensor Mean(Tensor loc, Tensor scale, Tensor low, Tensor high) => ScalarFunctions.OfMany<MeanFunction>(loc, scale, low, high);

    public static Tensor Variance(Tensor loc, Tensor scale, Tensor low, Tensor high) =>
            ScalarFunctions.OfMany<VarianceFunction>(loc, scale, low, high);

    public static Tensor Entropy(Tensor loc, Tensor scale, Tensor low, Tensor high) => ScalarFunctions.OfMany<EntropyFunction>(loc, scale, low, high);

    /// <summary>P(X ≤ x) for x between the bounds, exact in the lower tail.</summary>
    public static Tensor Cdf(Tensor loc, Tensor scale, Tensor low, Tensor high, Tensor x) =>
            ScalarFunctions.OfMany<CdfFunction>(loc, scale, low, high, x);

    private static TruncatedNormalMoments Moments(ReadOnlySpan<double> p) => new(p[0], p[1], p[2], p[3]);

    /// <summary>Derivatives of the four arguments by one black box each; it has none of its own.</summary>
    private interface ISlope
    {
        static abstract double Of(ReadOnlySpan<double> arguments, int input);
    }

    private readonly struct At0 : IPlace
    {
        public static int Index => 0;
    }

    private readonly struct At1 : IPlace
    {
        public static int Index => 1;
    }

    private readonly struct At2 : IPlace
    {
        public static int Index => 2;
    }

    private readonly struct At3 : IPlace
    {
        public static int Index => 3;
    }

    private readonly struct At4 : IPlace
    {
        public static int Index => 4;
    }

    private interface IPlace
    {
        static abstract int Index { get; }
    }

    private static Tensor Slope<TSlope>(ReadOnlySpan<Tensor> inputs, int input) where TSlope : struct, ISlope => input switch
    {
        0 => ScalarFunctions.OfMany<SlopeFunction<TSlope, At0>>(inputs),
        1 => ScalarFunctions.OfMany<SlopeFunction<TSlope, At1>>(inputs),
        2 => ScalarFunctions.OfMany<SlopeFunction<TSlope, At2>>(inputs),
        3 => ScalarFunctions.OfMany<SlopeFunction<TSlope, At3>>(inputs),
        _ => ScalarFunctions.OfMany<SlopeFunction<TSlope, At4>>(inputs),
    };

    private readonly struct SlopeFunction<TSlope, TPlace> : IScalarFunctionOfMany
        where TSlope : struct, ISlope
        where TPlace : struct, IPlace
    {
        public static string Name => "truncated normal slope";

        public static double Of(ReadOnlySpan<double> arguments) => TSlope.Of(arguments, TPlace.Index);

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) =>
            throw new NotSupportedException(
                "Second derivatives of the moments and the distribution function of TruncatedNormal are not available; those of its log-density and "
                    + "draws are.");
    }

    private readonly struct MeanFunction : IScalarFunctionOfMany, ISlope
    {
        public static string Name => "truncated normal mean";

        public static double Of(ReadOnlySpan<double> arguments) => Moments(arguments).Mean;

        public static double Of(ReadOnlySpan<double> arguments, int input)
        {
            TruncatedNormalMoments moments = Moments(arguments);
            (double loc, double scale, double low, double high) = (arguments[0], arguments[1], arguments[2], arguments[3]);
            return input switch
            {
                0 => moments.Central(2) / (scale * scale),
                1 => ((2 * moments.MeanAbove(loc) * moments.Central(2)) + moments.Central(3)) / (scale * scale * scale),
                2 => double.IsInfinity(low) ? 0 : moments.DensityAt(low) * moments.MeanAbove(low),
                _ => double.IsInfinity(high) ? 0 : moments.DensityAt(high) * -moments.MeanAbove(high),
            };
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope<MeanFunction>(inputs, input);
    }

    private readonly struct VarianceFunction : IScalarFunctionOfMany, ISlope
    {
        public static string Name => "truncated normal variance";

        public static double Of(ReadOnlySpan<double> arguments) => Moments(arguments).Central(2);

        public static double Of(ReadOnlySpan<double> arguments, int input)
        {
            TruncatedNormalMoments moments = Moments(arguments);
            (double loc, double scale) = (arguments[0], arguments[1]);
            double variance = moments.Central(2);
            return input switch
            {
                0 => moments.Central(3) / (scale * scale),
                1 => (moments.Central(4) - (variance * variance) + (2 * moments.MeanAbove(loc) * moments.Central(3))) / (scale * scale * scale),
                2 => -AtBound(moments, arguments[2], variance),
                _ => AtBound(moments, arguments[3], variance),
            };
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope<VarianceFunction>(inputs, input);

        private static double AtBound(TruncatedNormalMoments moments, double bound, double variance) =>
            double.IsInfinity(bound) ? 0 : moments.DensityAt(bound) * (Math.Pow(moments.MeanAbove(bound), 2) - variance);
    }

    private readonly struct EntropyFunction : IScalarFunctionOfMany, ISlope
    {
        public static string Name => "truncated normal entropy";

        public static double Of(ReadOnlySpan<double> arguments)
        {
            TruncatedNormalMoments moments = Moments(arguments);
            return Math.Log(moments.Mass) + moments.MeanDrop + Math.Log(arguments[1]);
        }

        public static double Of(ReadOnlySpan<double> arguments, int input)
        {
            TruncatedNormalMoments moments = Moments(arguments);
            (double loc, double scale) = (arguments[0], arguments[1]);
            double above = moments.MeanAbove(loc);
            double variance = moments.Central(2);
            double third = moments.Central(3);
            return input switch
            {
                0 => ((2 * above * variance) + third) / (2 * Math.Pow(scale, 4)),
                1 => (moments.Central(4) - (variance * variance) + (4 * above * third) + (4 * above * above * variance)) / (2 * Math.Pow(scale, 5)),
                2 => AtBound(moments, arguments[2]),
                _ => -AtBound(moments, arguments[3]),
            };
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope<EntropyFunction>(inputs, input);

        private static double AtBound(TruncatedNormalMoments moments, double bound) =>
            double.IsInfinity(bound) ? 0 : moments.DensityAt(bound) * (moments.MeanDrop - moments.DropAt(bound) - 1);
    }

    private readonly struct CdfFunction : IScalarFunctionOfMany, ISlope
    {
        public static string Name => "truncated normal cdf";

        public static double Of(ReadOnlySpan<double> arguments)
        {
            (double low, double high, double x) = (arguments[2], arguments[3], arguments[4]);
            return x <= low ? 0 : x >= high ? 1 : double.IsNaN(x) ? x : Share(Moments(arguments), Part(arguments), arguments[0], arguments[1]);
        }

        public static double Of(ReadOnlySpan<double> arguments, int input)
        {
            (double loc, double scale, double low, double high, double x) = (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
            TruncatedNormalMoments whole = Moments(arguments);
            if (input == 4)
            {
                return whole.DensityAt(x);
            }
            if (x <= low || x >= high)
            {
                return input == 2 && x <= low ? -whole.DensityAt(low) : input == 3 && x >= high ? -whole.DensityAt(high) : 0;
            }
            TruncatedNormalMoments part = Part(arguments);
            double share = Share(whole, part, loc, scale);
            if (input >= 2)
            {
                return input == 3
                    ? -share * whole.DensityAt(high)
                    : -Share(whole, new TruncatedNormalMoments(loc, scale, x, high), loc, scale) * whole.DensityAt(low);
            }
            double gap = (part.Peak - whole.Peak) + (scale * (part.Shift - whole.Shift));
            return input == 0
                ? share * gap / (scale * scale)
                : share * (part.Central(2) - whole.Central(2) + (gap * (part.MeanAbove(loc) + whole.MeanAbove(loc)))) / (scale * scale * scale);
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope<CdfFunction>(inputs, input);

        private static TruncatedNormalMoments Part(ReadOnlySpan<double> arguments) => new(arguments[0], arguments[1], arguments[2], arguments[4]);

        /// <summary>The mass of a part over that of the whole; both are relative to their modes.</summary>
        private static double Share(TruncatedNormalMoments whole, TruncatedNormalMoments part, double loc, double scale)
        {
            double drop = (part.Peak - whole.Peak) / scale * 0.5 * (((part.Peak - loc) / scale) + ((whole.Peak - loc) / scale));
            return Math.Exp(-drop) * (part.Mass / whole.Mass);
        }
    }
}
