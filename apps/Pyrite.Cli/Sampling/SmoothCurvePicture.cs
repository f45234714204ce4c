using Pyrite.Plotting;

namespace Pyrite.Cli.Sampling;

/// <summary>The curves of a Gaussian process that agree with the data, with their uncertainty about the process itself.</summary>
/// <remarks>Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), equations 2.23 and 2.24.</remarks>
internal static class SmoothCurvePicture
{
    private const int Places = 81;
    private const int Curves = 200;

    public static LineChart Of(Draws draws, double[] x, double[] y)
    {
        double[] length = draws.Scalar("length"), height = draws.Scalar("height"), noise = draws.Scalar("noise");
        double[] places = [.. Enumerable.Range(0, Places).Select(i => -0.2 + (10.4 * i / (Places - 1)))];
        Tensor near = SquaredDistances(x, x), far = SquaredDistances(places, x), observed = Tensor.From(y).Reshape(-1, 1);
        Tensor identity = Tensor.Identity(x.Length, DType.Float64);
        int shown = Math.Min(Curves, length.Length);
        double[][] values = new double[Places][];
        for (int i = 0; i < Places; i++)
        {
            values[i] = new double[shown];
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
            double[] normal = new double[Places];
            RandomKey.FromSeed(0).Child("curves").Child(curve).FillNormal(normal);
            for (int i = 0; i < Places; i++)
            {
                values[i][curve] = mean[i] + (Math.Sqrt(Math.Max(0, variance - explained[i])) * normal[i]);
            }
        }
        Quantiles[] quantiles = Array.ConvertAll(values, Quantiles.Of);
        LineChart chart = new() { Title = "The curve through the points", XAxis = new Axis("x"), YAxis = new Axis("y") };
        chart.AddBand("middle 90 %", places, Array.ConvertAll(quantiles, q => q.Q05), Array.ConvertAll(quantiles, q => q.Q95))
            .Add("median", places, Array.ConvertAll(quantiles, q => q.Median));
        for (int i = 0; i < x.Length; i++)
        {
            chart.Add(i == 0 ? "observed" : "", [x[i]], [y[i]], markers: true, color: Rgb.Parse("#1f2328"));
        }
        return chart;
    }

    private static Tensor SquaredDistances(double[] a, double[] b) => (Tensor.From(a).Reshape(-1, 1) - Tensor.From(b)).Square();
}
