using Pyrite.Kernels.Random;

namespace Pyrite;

/// <summary>A 128-bit key of a counter-based random generator: the whole state of randomness, a value that is passed along and never
/// changes.</summary>
/// <param name="Key">The key of the block cipher.</param>
/// <param name="Stream">The upper half of the cipher's counter.</param>
/// <remarks>
/// The generator is Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). The same key always gives
/// the same draws, on every machine and however a fill is split over threads. Use a key for one fill, or for children, but not twice:
/// two fills from one key are functions of the same bits. <see cref="Child(string)"/> and <see cref="Child(long)"/> derive
/// independent keys. <see cref="Key"/> and <see cref="Stream"/> are public so that a state can be saved and rebuilt exactly.
/// </remarks>
public readonly record struct RandomKey(ulong Key, ulong Stream)
{
    private const ulong SeedTag = 0x5079726974655365;
    private const ulong NameTag = 0x9FB21C651E98DF25;
    private const ulong IndexTag = 0xD6E8FEB86659FD93;
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x00000100000001B3;

    /// <summary>The key that a seed stands for.</summary>
    /// <remarks>Philox of the counter (seed, 0) under a fixed key, so that neighbouring seeds share nothing.</remarks>
    public static RandomKey FromSeed(ulong seed) => Derive(SeedTag, 0, seed);

    /// <summary>The independent key that belongs to a name.</summary>
    /// <remarks>
    /// The name is hashed (64-bit FNV-1a over its UTF-16 code units, then the SplitMix64 finalizer); the child is Philox of the counter (hash,
    /// Stream) under the key Key xor a constant for names. Indices use another constant, so "3" and 3 are different children. Allocates nothing.
    /// </remarks>
    public RandomKey Child(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Child(name.AsSpan());
    }

    /// <inheritdoc cref="Child(string)"/>
    public RandomKey Child(ReadOnlySpan<char> name)
    {
        ulong hash = FnvOffset;
        foreach (char unit in name)
        {
            hash = (hash ^ unit) * FnvPrime;
        }
        return Derive(Key ^ NameTag, Stream, Mix(hash));
    }

    /// <summary>The independent key that belongs to an index: a step, a draw, a chain, a particle.</summary>
    /// <remarks>Philox of the counter (index, Stream) under the key Key xor a constant for indices: different indices never give the same child. Any
    /// value is allowed.</remarks>
    public RandomKey Child(long index) => Derive(Key ^ IndexTag, Stream, (ulong)index);

    private static RandomKey Derive(ulong key, ulong stream, ulong block)
    {
        (ulong low, ulong high) = Philox.Block(key, stream, block);
        return new RandomKey(low, high);
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
