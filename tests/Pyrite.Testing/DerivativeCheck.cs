namespace Pyrite.Testing;

/// <summary>Compares first and second derivatives with numerical ones along random directions.</summary>
/// <remarks>
/// Points must be Float64. Differences are central with one Richardson step (error of order h⁴), so that about nine digits agree
/// where the function is smooth. Outputs of any shape are weighed with a random cotangent.
/// </remarks>
public static class DerivativeCheck
{
    private const double Step = 2e-4;
    private const int Directions = 3;

    /// <summary>Checks first derivatives, and second ones where the gradient is differentiable itself.</summary>
    public static void FirstAndSecond(Func<Tensor[], Tensor> function, params ReadOnlySpan<Tensor> points)
    {
        First(function, points);
        Second(function, points);
    }

    /// <summary>Checks the gradients with respect to all points.</summary>
    /// <exception cref="CheckFailedException">A directional derivative differs.</exception>
    public static void First(Func<Tensor[], Tensor> function, params ReadOnlySpan<Tensor> points) => Check(function, points.ToArray(), "first", 1e-7);

    /// <summary>Checks the gradients of the gradients' random combination.</summary>
    /// <exception cref="CheckFailedException">A directional derivative differs.</exception>
    public static void Second(Func<Tensor[], Tensor> function, params ReadOnlySpan<Tensor> points)
    {
        Tensor[] weights = new Tensor[points.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = RandomKey.FromSeed(91).Child(i).Normal(points[i].Shape, DType.Float64);
        }
        Tensor cotangent = Cotangent(function(points.ToArray()));
        Check(
            arguments =>
            {
                Tensor[] variables = [.. arguments.Select(argument => argument.RequiresGradient ? argument : argument.AsVariable())];
                Tensor output = function(variables);
                Tensor[] gradients = Gradient.Of(output, variables, cotangent, createGraph: true);
                Tensor sum = 0.0;
                for (int i = 0; i < gradients.Length; i++)
                {
                    sum += (weights[i] * gradients[i]).Sum();
                }
                return sum;
            },
            points.ToArray(), "second", 1e-6);
    }

    private static void Check(Func<Tensor[], Tensor> function, Tensor[] points, string order, double tolerance)
    {
        foreach (Tensor point in points)
        {
            if (point.DType != DType.Float64)
            {
                throw new ArgumentException($"A derivative check needs Float64 points; found {point.DType}.");
            }
        }
        Tensor[] variables = [.. points.Select(point => point.AsVariable())];
        Tensor output = function(variables);
        Tensor cotangent = Cotangent(output);
        Tensor[] gradients = Gradient.Of(output, variables, cotangent);
        for (int direction = 0; direction < Directions; direction++)
        {
            Tensor[] steps = new Tensor[points.Length];
            double exact = 0;
            double scale = 0;
            for (int i = 0; i < points.Length; i++)
            {
                steps[i] = RandomKey.FromSeed(17).Child(direction).Child(i).Normal(points[i].Shape, DType.Float64);
                exact += (gradients[i] * steps[i]).Sum().Item();
                scale += (gradients[i] * steps[i]).Abs().Sum().Item();
            }
            double At(double t) => (function([.. points.Select((point, i) => point + (t * steps[i]))]) * cotangent).Sum().Item();
            double numerical = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            if (!(Math.Abs(numerical - exact) <= tolerance * Math.Max(1, scale)))
            {
                throw new CheckFailedException($"The {order} derivative along direction {direction} is {exact:R}, numerically {numerical:R}.");
            }
        }
    }

    private static Tensor Cotangent(Tensor output) => RandomKey.FromSeed(5).Normal(output.Shape, DType.Float64);
}
