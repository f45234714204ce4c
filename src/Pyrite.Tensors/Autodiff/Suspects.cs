using Pyrite.Engine;

namespace Pyrite.Autodiff;

/// <summary>Operations that made numbers that are not finite out of finite ones, while it is open which of them a mask will leave out.</summary>
/// <remarks>The gradient of the result tells: behind a mask it is exactly 0, whatever stands there (see <see cref="SilentZeros"/>).</remarks>
internal sealed class Suspects
{
    [ThreadStatic]
    private static Suspects? current;

    private readonly List<(string Operation, string Inputs, string CallSite, Tensor Output)> found = [];

    private Suspects()
    {
    }

    /// <summary>Those of the computation at work on this thread; null where the first one is to blame at once.</summary>
    public static Suspects? Current => current;

    /// <summary>Runs a computation in the open anomaly scope, and blames the first operation whose numbers count in its result.</summary>
    /// <returns>The result, outside of all steps; null where the computation has none.</returns>
    /// <exception cref="ArithmeticException">There is such an operation.</exception>
    public static Tensor? Judge(Func<Tensor?> compute)
    {
        Suspects? before = current;
        Suspects own = new();
        current = own;
        Tensor? result;
        try
        {
            using NoGradient.Scope tracked = NoGradient.Suspend();
            result = StepScope.Outside(compute);
        }
        finally
        {
            current = before;
        }
        if (result is not null && own.found.Count > 0)
        {
            using AnomalyMode.Scope suspended = AnomalyMode.Suspend();
            own.Blame(result);
        }
        return result;
    }

    /// <summary>Keeps an operation in mind; what comes after it is tracked.</summary>
    public void Add(string operation, string inputs, string callSite, Tensor output)
    {
        output.Node ??= new VariableNode();
        found.Add((operation, inputs, callSite, output));
    }

    private void Blame(Tensor result)
    {
        Tensor?[] gradients = result.Node is null
            ? new Tensor?[found.Count]
            : BackwardPass.Run([.. found.Select(one => one.Output)], result, Tensor.Ones(result.Shape, result.DType), null);
        for (int i = 0; i < found.Count; i++)
        {
            Blame(i, gradients[i]);
        }
        for (int i = 0; i < found.Count; i++)
        {
            // What the result does not depend on by any gradient, it may depend on otherwise.
            if (gradients[i] is null)
            {
                Blame(i, Tensor.Ones(found[i].Output.Shape));
            }
        }
    }

    private void Blame(int index, Tensor? gradient)
    {
        if (gradient is null)
        {
            return;
        }
        (string operation, string inputs, string callSite, Tensor output) = found[index];
        double[] values = output.Detach().ToArray<double>(), weights = gradient.Detach().ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) && weights[i] != 0)
            {
                throw AnomalyMode.Refusal(operation, values[i], i, output.Shape, inputs, callSite);
            }
        }
    }
}
