using static Pyrite.Primitives;

namespace Pyrite.Cli.Sampling;

/// <summary>Gaussian process regression: a smooth curve through noisy points, its length scale, height and noise unknown.</summary>
/// <remarks>The data are drawn from y = sin(x) + x / 4 + 0.25 e at 30 places.</remarks>
internal static class SmoothCurve
{
    public const string Name = "gaussian-process";
    public const string Title = "A smooth curve through 30 noisy points: length scale, height and noise of its process";

    private const int Points = 30;
    private const double Noise = 0.25;
    private const double Jitter = 1e-8;

    public static SamplingExample Create()
    {
        (double[] x, double[] y) = Data();
        double[] squares = new double[Points * Points];
        for (int i = 0; i < squares.Length; i++)
        {
            double distance = x[i / Points] - x[i % Points];
            squares[i] = distance * distance;
        }
        Tensor squaredDistances = Tensor.From<double>(squares, [Points, Points]), observed = Tensor.From(y);
        Tensor identity = Tensor.Identity(Points, DType.Float64), zero = Tensor.Zeros(Points);
        return new(Name, Title, () =>
        {
            Tensor length = Sample("length", new InverseGamma(5, 5));
            Tensor height = Sample("height", new HalfNormal(2));
            Tensor noise = Sample("noise", new HalfNormal(1));
            Tensor covariance = (height.Square() * (-0.5 * squaredDistances / length.Square()).Exp()) + ((noise.Square() + Jitter) * identity);
            Sample("y", new MultivariateNormal(zero, covarianceMatrix: covariance), observed: observed);
        })
        {
            Shown = ["length", "height", "noise"],
            Intervals = ["length", "height", "noise"],
            AnswerName = "curve",
            Answer = draws => SmoothCurvePicture.Of(draws, x, y),
        };
    }

    private static (double[] X, double[] Y) Data()
    {
        RandomKey key = RandomKey.FromSeed(4).Child("smooth curve");
        double[] x = new double[Points], y = new double[Points], noise = new double[Points];
        key.Child("x").FillUniform(x);
        key.Child("noise").FillNormal(noise);
        Array.Sort(x);
        for (int i = 0; i < Points; i++)
        {
            x[i] *= 10;
            y[i] = Math.Sin(x[i]) + (0.25 * x[i]) + (Noise * noise[i]);
        }
        return (x, y);
    }
}
