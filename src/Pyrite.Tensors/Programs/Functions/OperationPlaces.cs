using Pyrite.Engine;

namespace Pyrite.Programs.Functions;

/// <summary>Notes the lines of user code that issue operations of a step.</summary>
/// <param name="recorder">What records the step.</param>
/// <param name="within">The type of the library's method that calls the user's code.</param>
/// <param name="wanted">The operations whose lines are wanted; null for some of each kind that comes often.</param>
internal sealed class OperationPlaces(Recorder recorder, Type within, IReadOnlySet<int>? wanted) : ILifting
{
    /// <summary>The line is looked up, which takes long, when an operation of a kind comes for this time, and then at doubled numbers.</summary>
    private const int First = 8;

    private readonly Dictionary<int, string> places = [];
    private readonly Dictionary<(string Name, TensorSpec Spec), int> counts = [];

    /// <summary>The line that has issued an operation of a stretch; null where none is known.</summary>
    public string? Find(int start, int end) =>
        places.Where(place => place.Key >= start && place.Key < end).OrderBy(place => place.Key).Select(place => place.Value).FirstOrDefault();

    public Tensor? Apply<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        int index = recorder.Results.Count;
        if ((wanted?.Contains(index) ?? IsTold((operation.Name, spec))) && CallSite.OfUserWithin(within) is { } place)
        {
            places[index] = place;
        }
        return null;
    }

    private bool IsTold((string Name, TensorSpec Spec) kind)
    {
        int count = counts[kind] = counts.GetValueOrDefault(kind) + 1;
        return count >= First && int.IsPow2(count);
    }
}
