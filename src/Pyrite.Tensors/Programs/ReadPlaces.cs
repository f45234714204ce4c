using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Which results of a step were read, each with the line of code that did so first.</summary>
internal sealed class ReadPlaces
{
    // Places are for messages: the first few reads tell enough.
    private const int Most = 200;

    private readonly Dictionary<int, string> places = [];

    /// <summary>A result is being read.</summary>
    public void Add(int index)
    {
        if (places.Count < Most && !places.ContainsKey(index))
        {
            places.Add(index, CallSite.OfUser());
        }
    }

    /// <summary>The line that read a result; null if it is not known.</summary>
    public string? Find(int index) => places.GetValueOrDefault(index);
}
