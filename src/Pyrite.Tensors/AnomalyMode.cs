using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pyrite.Autodiff;
using Pyrite.Engine;

namespace Pyrite;

/// <summary>A scope in which the first operation that makes NaN or infinity out of finite numbers raises an error naming it and its call
/// site.</summary>
/// <remarks>For finding errors only: every result is checked, and the call site of every operation is kept for the backward pass. The scores of
/// entries that a mask leaves out are not checked; what a model computes itself, before the statement with the mask, is.</remarks>
public static class AnomalyMode
{
    [ThreadStatic]
    private static int depth;

    // Every operation asks, and a field of the thread costs more than one of the process.
    private static volatile bool wasUsed;

    /// <summary>Whether results on this thread are checked.</summary>
    public static bool IsOn => wasUsed && depth != 0;

    /// <summary>Opens the scope on this thread; dispose it to stop checking.</summary>
    /// <remarks>Inside, forward and backward passes raise <see cref="ArithmeticException"/>.</remarks>
    public static Scope Begin()
    {
        wasUsed = true;
        Scope scope = new(depth);
        depth++;
        return scope;
    }

    /// <summary>Stops checking inside an anomaly scope.</summary>
    internal static Scope Suspend()
    {
        Scope scope = new(depth);
        depth = 0;
        return scope;
    }

    /// <summary>Refuses a result that is not finite although all inputs are.</summary>
    internal static void CheckForward(string operation, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs.Length == 0 || Find(output) is not { } found)
        {
            return;
        }
        foreach (Tensor input in inputs)
        {
            if (Find(input) is not null)
            {
                return;
            }
        }
        if (Suspects.Current is { } suspects)
        {
            suspects.Add(operation, Shapes(inputs), CallSite(), output);
            return;
        }
        throw Refusal(operation, found.Value, found.Position, output.Shape, Shapes(inputs), CallSite());
    }

    /// <summary>What is said of an operation that is to blame.</summary>
    internal static ArithmeticException Refusal(string operation, double value, int position, Shape shape, string inputs, string callSite) =>
        new($"{operation} gave {value} at element {position} of shape {shape} from finite inputs of shapes {inputs}, called at {callSite}.");

    /// <summary>Runs a computation in the open anomaly scope, and blames the first operation whose numbers count in its result.</summary>
    /// <param name="compute">The computation; null where it has no result.</param>
    /// <returns>The result, outside of all steps; null where the computation has none.</returns>
    /// <exception cref="ArithmeticException">There is such an operation.</exception>
    public static Tensor? Judge(Func<Tensor?> compute) => Suspects.Judge(compute);

    /// <summary>What is left of scores under a mask, computed in an open scope: only operations whose numbers count are to blame.</summary>
    /// <param name="compute">Computes the scores and masks them; null where there are none.</param>
    public static Tensor? Counted(Func<Tensor?> compute)
    {
        if (Suspects.Current is not null)
        {
            return compute();
        }
        Tensor? result;
        using (Suspend())
        {
            result = compute();
        }
        if (result is not null && Find(result) is not null)
        {
            Suspects.Judge(compute);
        }
        return result;
    }

    /// <summary>Refuses a gradient that is not finite although the one it came from is.</summary>
    internal static void CheckBackward(GradientNode node, Tensor upstream, Tensor gradient, int input)
    {
        if (Find(gradient) is { } found && Find(upstream) is null)
        {
            throw new ArithmeticException(
                $"The gradient of {node.Name} for its input {input} is {found.Value} at element {found.Position} of shape {gradient.Shape}, from a "
                    + $"finite gradient of its result. The operation was called at {node.CallSite ?? "a place outside the anomaly scope"}.");
        }
    }

    /// <summary>The first caller outside the library, as method, file and line.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that trimming took the name from is passed over.")]
    internal static string CallSite()
    {
        StackTrace trace = new(fNeedFileInfo: true);
        foreach (StackFrame frame in trace.GetFrames())
        {
            if (frame.GetMethod() is { } method && method.Module != typeof(Tensor).Module)
            {
                string place = frame.GetFileName() is { } file ? $" in {file}, line {frame.GetFileLineNumber()}" : string.Empty;
                return $"{method.DeclaringType?.FullName}.{method.Name}{place}";
            }
        }
        return "an unknown place";
    }

    private static (double Value, int Position)? Find(Tensor tensor)
    {
        if (!tensor.DType.IsFloatingPoint || tensor.IsWeak || tensor.Recorder is ILifting)
        {
            return null;
        }
        using Scope suspended = Suspend();
        double[] values = tensor.Detach().ToArray<double>();
        int position = Array.FindIndex(values, value => !double.IsFinite(value));
        return position < 0 ? null : (values[position], position);
    }

    private static string Shapes(ReadOnlySpan<Tensor> inputs)
    {
        List<string> shapes = [];
        foreach (Tensor input in inputs)
        {
            shapes.Add(input.Shape.ToString());
        }
        return string.Join(", ", shapes);
    }

    /// <summary>Restores the earlier state when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly int earlier;

        internal Scope(int earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => depth = earlier;
    }
}
