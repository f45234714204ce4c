using Pyrite.Plotting;

namespace Pyrite.Cli.Sampling;

/// <summary>The curves of a Gaussian process that agree with the data, with their uncertainty about the process itself.</summary>
/// <remarks>Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), equations 2.23 and 2.24.</remarks>
internal static class SmoothCurvePicture
{
    private const int Places = 81;
    private const int Curves = 200;

    /// <summary>The middles of ten equally likely parts of the standard normal: each curve's own spread, without the noise of random
    /// numbers.</summary>
    private static readonly double[] Spread = [-1.6449, -1.0364, -0.6745, -0.3853, -0.1257, 0.1257, 0.3853, 0.6745, 1.0364, 1.6449];

    public static Chart Of(Draws draws, double[] x, double[] y)
    {
        double[] length = draws.Scalar("length"), height = draws.Scalar("height"), noise = draws.Scalar("noise");
        double[] places = [.. Enumerable.Range(0, Places).Select(i => -0.2 + (10.4 * i / (Places - 1)))];
        Tensor near = SquaredDistances(x, x), far = SquaredDistances(places, x), observed = Tensor.From(y).Reshape(-1, 1);
        Tensor identity = Tensor.Identity(x.Length, DType.Float64);
        int shown = Math.Min(Curves, length.Length);
        double[][] values = new double[Places][];
        for (int i = 0; i < Places; i++)
        {
            values[i] = new double[shown * Spread.Length];
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        for (int curve = 0; curve < shown; curve++)
        {
            int draw = (int)((long)curve * length.Length / shown);
            double variance = height[draw] * height[draw], shape = -0.5 / (length[draw] * length[draw]);
            Tensor factor = ((variance * (shape * near).Exp()) + (((noise[draw] * noise[draw]) + 1e-8) * identity)).Cholesky();
            Tensor cross = variance * (shape * far).Exp();
            double[] mean = cross.MatMul(factor.CholeskySolve(observed)).ToArray<double>();
            double[] explained = factor.SolveTriangular(cross.Transpose()).Square().Sum(0).ToArray<double>();
            for (int i = 0; i < Places; i++)
            {
                double deviation = Math.Sqrt(Math.Max(0, variance - explained[i]));
                for (int part = 0; part < Spread.Length; part++)
                {
                    values[i][(curve * Spread.Length) + part] = mean[i] + (deviation * Spread[part]);
                }
            }
        }
        Quantiles[] quantiles = Array.ConvertAll(values, Quantiles.Of);
        Chart chart = new("The curve through the points", "x", "y");
        chart.AddBand("median and middle 90 %", places, Array.ConvertAll(quantiles, q => q.Q05), Array.ConvertAll(quantiles, q => q.Q95),
            Array.ConvertAll(quantiles, q => q.Median));
        chart.AddDots("observed", x, y);
        return chart;
    }

    private static Tensor SquaredDistances(double[] a, double[] b) => (Tensor.From(a).Reshape(-1, 1) - Tensor.From(b)).Square();
}
