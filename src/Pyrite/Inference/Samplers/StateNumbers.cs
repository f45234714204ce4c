namespace Pyrite;

/// <summary>Numbers by name: what a sampler has learnt in a chain, as it is saved.</summary>
/// <remarks>Arrays are given out as they are, to be changed in place. Names are the sampler's own; "position", "gradient", "last", "counts" and "key"
/// belong to <see cref="ChainState"/>.</remarks>
public sealed class StateNumbers
{
    private readonly Dictionary<string, double[]> numbers = [];
    private readonly string owner;
    private readonly bool isRead;

    internal StateNumbers()
        : this("The state of a chain", isRead: false)
    {
    }

    /// <summary>Numbers that were read from somewhere.</summary>
    /// <param name="read">The numbers; copied.</param>
    /// <param name="owner">Whose they are, as the subject of a sentence.</param>
    internal StateNumbers(IReadOnlyDictionary<string, double[]> read, string owner)
        : this(owner, isRead: true)
    {
        foreach ((string name, double[] values) in read)
        {
            numbers.Add(name, (double[])values.Clone());
        }
    }

    private StateNumbers(string owner, bool isRead) => (this.owner, this.isRead) = (owner, isRead);

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => numbers.Keys;

    /// <summary>Whose numbers they are, for messages.</summary>
    internal string Owner => owner;

    /// <summary>Whether there are numbers of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => numbers.ContainsKey(name);

    /// <summary>Sets the numbers of a name, new or not.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The numbers; the array itself is kept.</param>
    public void Set(string name, params double[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        numbers[name] = values;
    }

    /// <summary>The numbers of a name, to be read and changed in place.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expected">How many there must be.</param>
    /// <exception cref="InvalidDataException">They are missing, or not as many.</exception>
    public double[] Take(string name, int expected)
    {
        double[] found = Find(name);
        return found.Length == expected
            ? found
            : throw new InvalidDataException($"{owner} has {found.Length} numbers \"{name}\"; expected {expected}.");
    }

    /// <summary>Room for numbers of a name: that which is there, or, where a chain has just begun, zeros.</summary>
    /// <param name="name">The name.</param>
    /// <param name="count">How many numbers.</param>
    /// <exception cref="InvalidDataException">The record was read and lacks them, or they are not as many.</exception>
    public double[] Room(string name, int count)
    {
        if (!isRead && !Has(name))
        {
            Set(name, new double[count]);
        }
        return Take(name, count);
    }

    /// <summary>Forgets numbers.</summary>
    /// <param name="name">The name; nothing happens where there are none.</param>
    public void Remove(string name) => numbers.Remove(name);

    /// <summary>Indices by name, each below a limit and there once.</summary>
    /// <exception cref="InvalidDataException">They are missing or no such indices.</exception>
    internal int[] Indices(string name, int limit)
    {
        double[] found = Find(name);
        bool isRight =
            Array.TrueForAll(found, index => index >= 0 && index < limit && index == Math.Floor(index)) && found.Distinct().Count() == found.Length;
        return isRight
            ? Array.ConvertAll(found, index => (int)index)
            : throw new InvalidDataException($"{owner} has \"{name}\" that are no different indices below {limit}.");
    }

    /// <summary>Copies all numbers.</summary>
    internal void CopyTo(IDictionary<string, double[]> target)
    {
        foreach ((string name, double[] values) in numbers)
        {
            target[name] = (double[])values.Clone();
        }
    }

    private double[] Find(string name) => numbers.TryGetValue(name, out double[]? found)
        ? found
        : throw new InvalidDataException($"{owner} lacks \"{name}\". It was written by another version or another sampler, or damaged.");
}
