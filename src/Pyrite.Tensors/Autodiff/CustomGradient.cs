using Pyrite.Engine;

namespace Pyrite;

/// <summary>Functions with gradient rules of the user's own.</summary>
public static class CustomGradient
{
    /// <summary>The gradients of a function for its inputs.</summary>
    /// <param name="inputs">What the function was given.</param>
    /// <param name="output">What it gave.</param>
    /// <param name="upstream">The gradient for the output, of its shape.</param>
    /// <returns>One gradient an input, of its shape, or null for none. Written in operations, it can be differentiated again.</returns>
    public delegate Tensor?[] Rule(Tensor[] inputs, Tensor output, Tensor upstream);

    /// <summary>Applies a function whose gradient is not followed but given by a rule.</summary>
    /// <param name="function">Computes the output; what happens inside is not tracked.</param>
    /// <param name="rule">The gradients for the inputs.</param>
    /// <param name="inputs">What the function is given.</param>
    /// <exception cref="InvalidOperationException">In the backward pass, if the rule gives gradients of wrong number or shape.</exception>
    public static Tensor Apply(Func<Tensor[], Tensor> function, Rule rule, params Tensor[] inputs)
    {
        Tensor[] detached = [.. inputs.Select(input => input.Detach())];
        Tensor value;
        using (NoGradient.Begin())
        {
            value = function(detached);
        }
        if (value.IsWeak)
        {
            value = value.To(Precision.Default);
        }
        Tensor output = value.Untracked();
        Executor.Track(new CustomOperation(rule), output, inputs);
        return output;
    }

    private readonly record struct CustomOperation(Rule Rule) : IOperation
    {
        public string Name => "custom function";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            // The function has run already.
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
        {
            Tensor?[] gradients = Rule(inputs.ToArray(), output, upstream);
            if (gradients.Length != inputs.Length)
            {
                throw new InvalidOperationException(
                    $"A custom gradient rule gave {gradients.Length} gradients for {inputs.Length} inputs; give one each, null where there is none.");
            }
            Tensor? gradient = gradients[input];
            return gradient is null || gradient.Shape == inputs[input].Shape
                ? (gradient is not null && SilentZeros.IsOn ? SilentZeros.KeepWhole(gradient, upstream) : gradient)?.To(inputs[input].DType)
                : throw new InvalidOperationException(
                    $"A custom gradient rule gave a gradient of shape {gradient.Shape} for input {input} of shape {inputs[input].Shape}; shapes must "
                        + "agree.");
        }
    }
}
