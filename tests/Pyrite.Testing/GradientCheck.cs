using System.Globalization;

namespace Pyrite.Testing;

/// <summary>Compares gradients with central differences of the function itself.</summary>
/// <remarks>
/// The output is reduced to a scalar with fixed weights, so functions of any output shape can be checked. Differences use Richardson's
/// extrapolation of three step sizes, which leaves an error of about 1e-10 of the function's size for smooth functions of order 1.
/// Floating-point inputs are converted to Float64 and checked; others are passed on as they are.
/// </remarks>
public static class GradientCheck
{
    private const double Step = 2e-3;
    private const int EntriesCheckedOneByOne = 40;
    private const int RandomDirections = 12;

    /// <summary>Fails unless the gradients agree with differences, along every entry of a small input or along random directions of a larger
    /// one.</summary>
    /// <param name="function">A smooth function of the inputs; keep the inputs away from kinks by more than 0.005 and in its domain by as
    /// much.</param>
    /// <param name="inputs">The point.</param>
    public static void Verify(Func<Tensor[], Tensor> function, params Tensor[] inputs) => Verify(function, inputs, 1e-7, 1e-8);

    /// <summary>As <see cref="Verify(Func{Tensor[], Tensor}, Tensor[])"/> with tolerances of one's own.</summary>
    /// <param name="function">A smooth function of the inputs.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="rtol">Tolerance relative to the difference quotient.</param>
    /// <param name="atol">Absolute tolerance, times the largest entry of the gradients if that is above 1.</param>
    public static void Verify(Func<Tensor[], Tensor> function, Tensor[] inputs, double rtol, double atol)
    {
        Tensor[] point = [.. inputs.Select(input => input.IsWeak || input.DType.IsFloatingPoint ? input.Detach().To(DType.Float64) : input)];
        Tensor output = function(point);
        Tensor weights = RandomKey.FromSeed(0).Child("weights").Normal(output.Shape, DType.Float64);
        double Value(Tensor[] at) => (function(at).To(DType.Float64) * weights).Sum().Item();

        int[] differentiable = [.. Enumerable.Range(0, point.Length).Where(i => point[i].DType.IsFloatingPoint)];
        double[][] gradients = Gradients(function, point, differentiable, weights);
        double largest = gradients.SelectMany(gradient => gradient).Select(Math.Abs).Append(1).Max();
        for (int k = 0; k < differentiable.Length; k++)
        {
            int input = differentiable[k];
            double[] gradient = gradients[k];
            foreach ((string name, double[] direction) in Directions(gradient.Length, input))
            {
                double got = gradient.Zip(direction, (g, d) => g * d).Sum();
                double want = DirectionalDifference(Value, point, input, direction);
                if (!(Math.Abs(got - want) <= rtol * Math.Abs(want) + atol * largest))
                {
                    throw new CheckFailedException(string.Create(CultureInfo.InvariantCulture,
                        $"Gradient of input {input} (shape {point[input].Shape}) along {name}: got {got:R}, differences give {want:R}, off "
                            + $"by {Math.Abs(got - want):G3}."));
                }
            }
        }
    }

    /// <summary>Fails unless values and gradients in Float32 agree with those in Float64 at the same Float32 numbers.</summary>
    public static void VerifySinglePrecision(Func<Tensor[], Tensor> function, Tensor[] inputs, double rtol = 1e-5, double atol = 1e-5)
    {
        Tensor[] single = [.. inputs.Select(input => input.IsWeak || input.DType.IsFloatingPoint ? input.Detach().To(DType.Float32) : input)];
        Tensor[] wide = [.. single.Select(input => input.DType.IsFloatingPoint ? input.To(DType.Float64) : input)];
        int[] differentiable = [.. Enumerable.Range(0, single.Length).Where(i => single[i].DType.IsFloatingPoint)];
        Tensor value = function(single);
        Close.Assert(value.ToArray<double>(), function(wide).ToArray<double>(), rtol, atol, "Float32 value against Float64");
        Tensor weights = RandomKey.FromSeed(0).Child("weights").Normal(value.Shape, DType.Float32);
        double[][] got = Gradients(function, single, differentiable, weights);
        double[][] want = Gradients(function, wide, differentiable, weights.To(DType.Float64));
        for (int k = 0; k < differentiable.Length; k++)
        {
            Close.Assert(got[k], want[k], rtol, atol, $"Float32 gradient of input {differentiable[k]} against Float64");
        }
    }

    private static double[][] Gradients(Func<Tensor[], Tensor> function, Tensor[] point, int[] differentiable, Tensor weights)
    {
        Tensor[] variables = [.. point];
        foreach (int input in differentiable)
        {
            variables[input] = point[input].AsVariable();
        }
        Tensor output = function(variables);
        Tensor[] wanted = [.. differentiable.Select(input => variables[input])];
        return [
            .. Gradient.Of(output, wanted, weights.To(output.DType))
            .Select((gradient, k) => Checked(gradient, point[differentiable[k]], differentiable[k]))];
    }

    private static double[] Checked(Tensor gradient, Tensor input, int index) =>
        gradient.Shape == input.Shape && gradient.DType == input.DType
            ? gradient.ToArray<double>()
            : throw new CheckFailedException(
                $"Gradient of input {index}: got {gradient.DType} of shape {gradient.Shape}, the input is {input.DType} of shape {input.Shape}.");

    private static IEnumerable<(string Name, double[] Direction)> Directions(int count, int input)
    {
        if (count <= EntriesCheckedOneByOne)
        {
            for (int i = 0; i < count; i++)
            {
                double[] direction = new double[count];
                direction[i] = 1;
                yield return ($"entry {i}", direction);
            }
            yield break;
        }
        for (int i = 0; i < RandomDirections; i++)
        {
            double[] direction = new double[count];
            RandomKey.FromSeed(0).Child(input).Child(i).FillNormal(direction);
            double norm = Math.Sqrt(direction.Sum(d => d * d));
            yield return ($"random direction {i}", [.. direction.Select(d => d / norm)]);
        }
    }

    /// <summary>The central difference with its errors in h² and h⁴ removed (Richardson).</summary>
    private static double DirectionalDifference(Func<Tensor[], double> value, Tensor[] point, int input, double[] direction)
    {
        double coarse = CentralDifference(value, point, input, direction, Step);
        double middle = CentralDifference(value, point, input, direction, Step / 2);
        double fine = CentralDifference(value, point, input, direction, Step / 4);
        double first = (4 * middle - coarse) / 3, second = (4 * fine - middle) / 3;
        return (16 * second - first) / 15;
    }

    private static double CentralDifference(Func<Tensor[], double> value, Tensor[] point, int input, double[] direction, double step)
    {
        double At(double distance)
        {
            Tensor[] moved = [.. point];
            double[] entries = [.. point[input].ToArray<double>().Zip(direction, (x, d) => x + distance * d)];
            moved[input] = Tensor.From<double>(entries, point[input].Shape);
            return value(moved);
        }
        return (At(step) - At(-step)) / (2 * step);
    }
}
