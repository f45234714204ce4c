using Pyrite.Autodiff;
using Pyrite.Engine;

namespace Pyrite;

/// <summary>Reverse-mode derivatives of any computation made of tensors.</summary>
/// <remarks>
/// Rules are written in operations, so derivatives can be differentiated again (<c>createGraph: true</c>). What several operations give to one
/// tensor is added in one order, the latest operation first, on any number of threads; slices of one tensor are added in one pass over it, in the
/// same order.
/// </remarks>
public static class Gradient
{
    /// <summary>The gradient of a scalar function at a point.</summary>
    /// <param name="function">Maps a tensor to a scalar.</param>
    /// <param name="point">Where; any shape.</param>
    /// <returns>A tensor of the shape of <paramref name="point"/>.</returns>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor point) => WithValue(function, point).Gradient;

    /// <summary>The value of a scalar function at a point, and its gradient there.</summary>
    public static (Tensor Value, Tensor Gradient) WithValue(Func<Tensor, Tensor> function, Tensor point)
    {
        // A tracked point belongs to an outer derivative, which must see through this one.
        bool isNested = point.RequiresGradient && NoGradient.IsOff;
        Tensor variable = isNested ? point.WithoutOrigin() : point.AsVariable();
        Tensor value = function(variable);
        Tensor gradient = Of(value, [variable], createGraph: isNested)[0];
        return (isNested ? value : value.Detach(), gradient);
    }

    /// <summary>The gradients of an output with respect to tracked tensors.</summary>
    /// <param name="output">What is differentiated: a scalar, or any shape with a <paramref name="cotangent"/>.</param>
    /// <param name="variables">Tracked tensors (see <c>AsVariable</c>, <see cref="Parameter"/>), or results in between.</param>
    /// <param name="cotangent">Weights of the output's elements, of its shape; 1 for a scalar.</param>
    /// <param name="createGraph">Whether the gradients shall be differentiable themselves.</param>
    /// <returns>One gradient a variable, of its shape; zeros where the output does not depend on it.</returns>
    /// <exception cref="ArgumentException">The output is not a scalar and no cotangent is given, or a variable is not tracked.</exception>
    /// <exception cref="InvalidOperationException">A result in between was looked through: a density used what it was made of instead.</exception>
    public static Tensor[] Of(Tensor output, ReadOnlySpan<Tensor> variables, Tensor? cotangent = null, bool createGraph = false)
    {
        Tensor?[] found = OrNull(output, variables, cotangent, createGraph);
        Tensor[] gradients = new Tensor[found.Length];
        for (int i = 0; i < found.Length; i++)
        {
            gradients[i] = found[i] ?? Tensor.Zeros(variables[i].Shape, variables[i].DType);
        }
        return gradients;
    }

    /// <summary>As <see cref="Of(Tensor, ReadOnlySpan{Tensor}, Tensor?, bool)"/>, with null where the output does not depend on a variable.</summary>
    public static Tensor?[] OrNull(Tensor output, ReadOnlySpan<Tensor> variables, Tensor? cotangent = null, bool createGraph = false) =>
        Find(output, variables, cotangent, createGraph, null);

    /// <summary>The same for a scalar; where the graph is walked, and not known from an earlier step, the parameters that the output depends on
    /// beside the variables are listed.</summary>
    /// <param name="output">A scalar.</param>
    /// <param name="variables">Tracked tensors.</param>
    /// <param name="others">Takes the other parameters.</param>
    public static Tensor?[] OrNull(Tensor output, ReadOnlySpan<Tensor> variables, List<Parameter> others) =>
        Find(output, variables, null, false, others);

    /// <summary>All parameters that a tensor depends on, in no particular order; nothing is computed.</summary>
    public static List<Parameter> ParametersOf(Tensor output)
    {
        List<Parameter> found = [];
        HashSet<GradientNode> seen = new(ReferenceEqualityComparer.Instance);
        Stack<GradientNode> open = new();
        if (output.Node is { } root)
        {
            seen.Add(root);
            open.Push(root);
        }
        while (open.TryPop(out GradientNode? node))
        {
            if (node is VariableNode { Parameter: { } parameter })
            {
                found.Add(parameter);
            }
            foreach (Tensor input in node.Inputs)
            {
                if (input.Node is { } next && seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }
        return found;
    }

    private static Tensor?[] Find(Tensor output, ReadOnlySpan<Tensor> variables, Tensor? cotangent, bool createGraph, List<Parameter>? others)
    {
        if (cotangent is null && output.Shape.Count != 1)
        {
            throw new ArgumentException(
                $"The gradient of a tensor of shape {output.Shape} needs a cotangent of that shape; without one the output must have one element. "
                    + "Sum it, or pass the cotangent.", nameof(output));
        }
        if (cotangent is not null && cotangent.Shape != output.Shape)
        {
            throw new ArgumentException($"The cotangent has shape {cotangent.Shape}, the output {output.Shape}; they must agree.", nameof(cotangent));
        }
        for (int i = 0; i < variables.Length; i++)
        {
            if (!variables[i].RequiresGradient)
            {
                throw new ArgumentException(
                    $"Variable {i} of shape {variables[i].Shape} is not tracked, so nothing depends on it. Make it one with AsVariable() before it "
                        + "is used.", nameof(variables));
            }
            if (variables[i].IsLookedThrough)
            {
                throw new InvalidOperationException(
                    $"The gradient for variable {i} of shape {variables[i].Shape} was asked for, the result of a transform or a sigmoid; a density "
                        + "was computed from what it was made of, which is exact far out, so nothing flows through the result itself. Ask for the "
                        + "gradient of the argument, or cut the result off with AsVariable() before it is scored.");
            }
        }
        IStepRecorder? recorder = AnomalyMode.IsOn || cotangent is not null ? null : StepScope.Watching;
        if (recorder?.Gradients.Replay(output, variables, createGraph, others is not null) is { } known)
        {
            return known;
        }
        (int, int) call = recorder?.Gradients.StartCall() ?? default;
        Tensor?[] gradients = Sweep(output, variables, cotangent, createGraph, others);
        if (others is not { Count: > 0 })
        {
            // A call that is not noted is walked again, and lists the parameters again: one that replays lists none.
            recorder?.Gradients.Remember(call, output, variables, createGraph, gradients);
        }
        return gradients;
    }

    private static Tensor?[] Sweep(Tensor output, ReadOnlySpan<Tensor> variables, Tensor? cotangent, bool createGraph, List<Parameter>? others)
    {
        Tensor seed = cotangent?.To(output.DType) ?? Tensor.Ones(output.Shape, output.DType);
        if (createGraph)
        {
            using NoGradient.Scope tracked = NoGradient.Suspend();
            return BackwardPass.Run(variables, output, seed, others);
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        return BackwardPass.Run(variables, output, seed, others);
    }

    /// <summary>The same values as a variable: gradients end here and can be asked for.</summary>
    extension(Tensor tensor)
    {
        /// <summary>The same values as a new variable, at which gradients end.</summary>
        /// <exception cref="InvalidOperationException">The elements are no floating-point numbers.</exception>
        public Tensor AsVariable()
        {
            if (!tensor.DType.IsFloatingPoint)
            {
                throw new InvalidOperationException(
                    $"Gradients exist for floating-point tensors; this one is {tensor.DType}. Convert it: tensor.To(DType.Float32).");
            }
            Tensor variable = tensor.IsWeak ? Tensor.Full(Shape.Scalar, tensor.WeakValue) : tensor.Untracked();
            variable.Node = new VariableNode();
            return variable;
        }
    }
}
