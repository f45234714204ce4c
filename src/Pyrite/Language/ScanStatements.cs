using Pyrite.Language.Series;

namespace Pyrite;

/// <summary>Loops over time in models: the random variables inside are sites.</summary>
public static class ScanStatements
{
    extension(Scan)
    {
        /// <summary>Runs a body over the first axis of arrays, in a model: each random variable that it states is one site for all rounds.</summary>
        /// <param name="name">What the axis of time is called, in draws, summaries and plots.</param>
        /// <param name="carry">The state before the first round: a tensor, a tuple, an array or a record of tensors, of one floating-point
        /// type.</param>
        /// <param name="inputs">Arrays [T, ..] of one T, from which each round gets its slices.</param>
        /// <param name="body">From the state and a round's slices to the next state and the round's outputs, as in <see cref="Scan"/>, with
        /// statements: <c>Sample</c>, <c>Deterministic</c>, <c>Factor</c>, <c>Param</c>, plates and handlers.</param>
        /// <param name="mask">Which rounds count, Bool [T], or [T, ..] where the first axes of the state, of the outputs and of every variable are
        /// a batch: series of several lengths. A round that does not count leaves the state as it is, gives outputs and log-densities of 0, has no
        /// latents, and no number in it reaches a gradient, not even NaN. Null for all.</param>
        /// <returns>The state after the last round, and the outputs of all rounds, [T, ..].</returns>
        /// <remarks>
        /// <para>A site has shape [plates, T, event]: time is an axis of its events and no plate, since a round depends on those before. Its
        /// log-density is the sum over the rounds. Values that handlers give (conditions, replays, guides, samplers) are whole series; a latent
        /// may be given for fewer rounds than there are, and the rest is drawn. Round t of a draw depends on the seed, the site, t and the element
        /// alone, so that 100 rounds are the beginning of 200.</para>
        /// <para>Data come in as inputs, <c>observed: today</c>; with <c>observedMask:</c> the missing entries are the site
        /// <c>name_unobserved</c>, of just these entries. A latent under a MaskHandler inside the body is one of the entries that count. A latent
        /// whose support may depend on the round (its ends are tensors) is drawn by real numbers, as the site <c>name_unconstrained</c>, and
        /// <c>name</c> is deterministic, unless a handler or guide gives <c>name</c>.</para>
        /// <para>Where all values are known, the rounds are one compiled loop; see <see cref="Scan"/> for what the body may do. Where values are
        /// drawn, the body is called in every round. Of T = 0 rounds nothing is stated.</para>
        /// <para>A discrete latent is summed out by <c>Mcmc</c> and <c>EnumerationElbo</c> like the states of a chain, at a cost linear in T: carry
        /// it as a number, <c>state.To(DType.Float64)</c>. The body is then called in every round, and outputs must not depend on it; its
        /// posterior is <c>Discrete["name"]</c>, [plates, T, values].</para>
        /// </remarks>
        /// <exception cref="ArgumentException">Shapes or types do not fit, or a group is of a kind that cannot be taken apart.</exception>
        /// <exception cref="ModelException">Rounds state different variables, or a value does not suit its site.</exception>
        public static (TCarry Carry, TOutput Outputs) Over<TCarry, TInput, TOutput>(string name, TCarry carry, TInput inputs,
            Func<TCarry, TInput, (TCarry Carry, TOutput Output)> body, Tensor? mask = null)
        {
            ArgumentNullException.ThrowIfNull(body);
            Tensor[] arrays = [.. TensorGroup.Flatten(inputs).Select(Real)];
            if (arrays.Length == 0 || Array.Exists(arrays, array => array.Rank == 0 || array.Shape[0] != arrays[0].Shape[0]))
            {
                string found = arrays.Length == 0 ? "no inputs" : $"shapes {string.Join(", ", arrays.Select(array => array.Shape.ToString()))}";
                throw new ArgumentException($"Scan.Over(\"{name}\"): every input has the rounds along its first axis, all of one size; found "
                    + $"{found}. Pass arrays [T, ..], or the number of rounds.", nameof(inputs));
            }
            int rounds = arrays[0].Shape[0];
            return Run(name, carry, arrays, rounds, (state, slices) => body(state, TensorGroup.Build(inputs, slices)),
                mask is null ? null : new RoundMask(name, mask, rounds));
        }

        /// <summary>Runs a body a number of times, in a model: each random variable that it states is one site for all rounds.</summary>
        /// <param name="name">What the axis of time is called, in draws, summaries and plots.</param>
        /// <param name="carry">The state before the first round.</param>
        /// <param name="rounds">How many rounds; at least 0.</param>
        /// <param name="body">From the state to the next state and the round's outputs; see the other overload.</param>
        /// <returns>The state after the last round, and the outputs of all rounds, [rounds, ..].</returns>
        /// <exception cref="ArgumentException">Shapes or types do not fit, or a group is of a kind that cannot be taken apart.</exception>
        /// <exception cref="ModelException">Rounds state different variables, or a value does not suit its site.</exception>
        public static (TCarry Carry, TOutput Outputs) Over<TCarry, TOutput>(string name, TCarry carry, int rounds,
            Func<TCarry, (TCarry Carry, TOutput Output)> body)
        {
            ArgumentNullException.ThrowIfNull(body);
            ArgumentOutOfRangeException.ThrowIfNegative(rounds);
            return Run(name, carry, [], rounds, (state, _) => body(state), mask: null);
        }
    }

    private static (TCarry Carry, TOutput Outputs) Run<TCarry, TOutput>(string name, TCarry carry, Tensor[] inputs, int rounds,
        Func<TCarry, Tensor[], (TCarry Carry, TOutput Output)> body, RoundMask? mask)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Tensor[] state = [.. TensorGroup.Flatten(carry).Select(Real)];
        if (state.Length == 0 || Array.Exists(state, part => !part.DType.IsFloatingPoint || part.DType != state[0].DType))
        {
            throw new ArgumentException($"Scan.Over(\"{name}\"): the carry must be tensors of one floating-point type, at least one; found "
                + $"{(state.Length == 0 ? "none" : string.Join(", ", state.Select(part => part.DType.ToString())))}. Without a carry the rounds are "
                + "independent: use a plate. Convert with To(DType.Float64).", nameof(carry));
        }
        TOutput example = default!;
        SeriesLoop.RoundFunction function = (tensors, slices) =>
        {
            (TCarry next, TOutput output) = body(TensorGroup.Build(carry, tensors), slices);
            example = output;
            return (TensorGroup.Flatten(next), TensorGroup.Flatten(output));
        };
        SeriesLoop loop = new(name, state, mask is null ? inputs : [.. inputs, mask.Flags], rounds, mask?.Around(function) ?? function);
        (Tensor[] last, Tensor[] outputs) = loop.Run();
        return (TensorGroup.Build(carry, last), TensorGroup.Build(example, outputs));
    }

    private static Tensor Real(Tensor tensor) => tensor.IsWeak ? tensor.To(Precision.Default) : tensor;
}
