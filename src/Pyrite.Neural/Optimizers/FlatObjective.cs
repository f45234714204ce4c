namespace Pyrite.Optimizers;

/// <summary>A loss as a function of one vector of Float64 numbers: all parameters end to end.</summary>
internal sealed class FlatObjective(IReadOnlyList<Parameter> parameters, Func<Tensor> loss)
{
    /// <summary>How often the loss was computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The present values.</summary>
    public double[] Read()
    {
        List<double> values = [];
        foreach (Parameter parameter in parameters)
        {
            values.AddRange(parameter.Value.Detach().ToArray<double>());
        }
        return [.. values];
    }

    /// <summary>Sets all parameters.</summary>
    public void Write(ReadOnlySpan<double> point)
    {
        int start = 0;
        foreach (Parameter parameter in parameters)
        {
            int count = parameter.Value.Count;
            parameter.Assign(Tensor.From(point.Slice(start, count), parameter.Shape));
            start += count;
        }
    }

    /// <summary>Sets the parameters to a point, and computes loss and gradient there.</summary>
    public (double Loss, double[] Gradient) Evaluate(double[] point)
    {
        using StepScope scope = StepScope.Begin();
        Write(point);
        Evaluations++;
        Tensor value = loss();
        Tensor[] variables = [.. parameters.Select(parameter => parameter.Value)];
        double[] gradient = new double[point.Length];
        int start = 0;
        foreach (Tensor part in Pyrite.Gradient.Of(value, variables))
        {
            part.ToArray<double>().CopyTo(gradient, start);
            start += part.Count;
        }
        return (value.Item(), gradient);
    }
}
