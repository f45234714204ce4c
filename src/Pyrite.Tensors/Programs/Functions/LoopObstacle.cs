using System.Globalization;

namespace Pyrite.Programs.Functions;

/// <summary>What keeps operations that come again and again from being a loop, or a loop from going on.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Node">The operation at which it shows.</param>
/// <param name="Other">The operation that it is held against.</param>
/// <param name="Input">Which input it is about.</param>
/// <param name="Number">Rounds or operations, for kinds that count.</param>
internal sealed record LoopObstacle(LoopObstacle.Of Kind, int Node, int Other, int Input = 0, int Number = 0)
{
    /// <summary>Kinds of obstacles.</summary>
    public enum Of
    {
        /// <summary>Another operation stands in the place of the one that it is held against.</summary>
        Operation,

        /// <summary>An input is no tensor of a kind that follows a rule.</summary>
        Input,

        /// <summary>An input is the result of too many rounds ago.</summary>
        Lag,

        /// <summary>Something is checked in one round and not in another.</summary>
        Checks,

        /// <summary>A gradient flows in one round and not in another.</summary>
        Gradient,

        /// <summary>What later rounds or the code after the loop read is no Float64.</summary>
        Type,

        /// <summary>A slice at another place in each round is one of what the round itself has made.</summary>
        MovedSlice,

        /// <summary>There are too few rounds.</summary>
        FewRounds,

        /// <summary>There are too few operations.</summary>
        FewOperations,
    }

    /// <summary>Why what an operation reads in two rounds that follow each other has no rule.</summary>
    public static LoopObstacle OfInput(int start, int period, int node, (int Now, int Then) sources, int input, int longestLag)
    {
        int lag = sources.Now < start ? 0 : ((node - start) / period) - ((sources.Now - start) / period);
        return lag > longestLag && sources.Then - sources.Now == period
            ? new LoopObstacle(Of.Lag, node, sources.Now, input, lag)
            : new LoopObstacle(Of.Input, node + period, node, input);
    }

    /// <summary>The obstacle in words.</summary>
    /// <param name="function">The recording.</param>
    /// <param name="roundOf">The round of an operation, from 1.</param>
    public string InWords(RecordedFunction function, Func<int, int> roundOf)
    {
        string name = Node < function.Nodes.Count ? function.Nodes[Node].Name : "";
        return Kind switch
        {
            Of.Operation => $"round {roundOf(Node)} has {Difference(function)}",
            Of.Input => $"what \"{name}\" reads follows no rule: in round {roundOf(Node)} its input {Input + 1} is neither the same tensor as in "
                + $"other rounds, nor the like result of this round or an earlier one, nor something from before the loop",
            Of.Lag => $"\"{name}\" reads the result of {Number} rounds before; up to 8 are followed",
            Of.Checks => $"what is checked at \"{name}\" differs in round {roundOf(Node)}",
            Of.Gradient => $"a gradient flows to input {Input + 1} of \"{name}\" in some rounds and not in others, as with Detach() in one of them",
            Of.Type => $"the {function.SpecOf(Node).DType} result of \"{name}\" is read by later rounds or after the loop; only Float64 is carried",
            Of.MovedSlice => $"\"{name}\" takes another part in each round of what the round itself has made",
            Of.FewRounds => $"{Number} of its rounds follow one rule; loops are made of 12 rounds and more",
            _ => "so few operations run as fast one by one; loops are made of "
                + $"{Number.ToString("N0", CultureInfo.InvariantCulture)} operations and more",
        };
    }

    private string Difference(RecordedFunction function)
    {
        RecordedNode here = function.Nodes[Node], there = function.Nodes[Other];
        return here.Name != there.Name ? $"\"{here.Name}\" where the first one has \"{there.Name}\""
            : here.Spec != there.Spec
                ? $"\"{here.Name}\" of {here.Spec.DType} {here.Spec.Shape} where the first one has {there.Spec.DType} {there.Spec.Shape}"
            : here.Inputs.Length != there.Inputs.Length
                ? $"\"{here.Name}\" of {here.Inputs.Length} tensors where the first one has {there.Inputs.Length}"
            : $"\"{here.Name}\" with other settings than the first one, such as another axis";
    }
}
