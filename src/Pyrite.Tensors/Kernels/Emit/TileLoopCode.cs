using System.Collections.Concurrent;
using System.Reflection.Emit;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Emit;

/// <summary>Compiles loops over a tile of larger arrays, whose length and addresses come with every call; equal loops of all plans share their
/// code.</summary>
/// <remarks>Entry 0 of the table of addresses is the bytes of the tile, at least a vector; entry k + 1 belongs to source k. A last partial vector is
/// computed together with elements before it, a second time and to the same bits.</remarks>
internal static class TileLoopCode
{
    private static readonly ConcurrentDictionary<Key, ProgramRoutine> Known = new();

    /// <summary>The code of a loop, compiled if need be; no products, sums or verdicts.</summary>
    public static ProgramRoutine Of(LoopWork work) => Known.GetOrAdd(new Key(work), static key => Compile(key.Work));

    private static ProgramRoutine Compile(LoopWork work)
    {
        ProgramWriter writer = new(source => new Place(PlaceBase.Given, source + 1), _ => work.Type);
        ILGenerator il = writer.Il;
        LoopBody body = new(writer, work);
        LocalBuilder bytes = il.DeclareLocal(typeof(nint)), last = il.DeclareLocal(typeof(nint));
        Label next = il.DefineLabel(), end = il.DefineLabel();
        writer.PushAddress(new Place(PlaceBase.Given, 0));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Stloc, bytes);
        il.PushNative(VectorCode.Width);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, last);
        il.Set(body.At, 0);
        il.MarkLabel(next);
        body.Write(0, isLoop: true, isTail: false);
        il.Advance(body.At, VectorCode.Width);

        // Whole vectors that remain, then the one that overlaps.
        il.Emit(OpCodes.Ldloc, body.At);
        il.Emit(OpCodes.Ldloc, last);
        il.Emit(OpCodes.Ble, next);
        il.Emit(OpCodes.Ldloc, body.At);
        il.Emit(OpCodes.Ldloc, bytes);
        il.Emit(OpCodes.Bge, end);
        il.Emit(OpCodes.Ldloc, last);
        il.Emit(OpCodes.Stloc, body.At);
        il.Emit(OpCodes.Br, next);
        il.MarkLabel(end);
        return writer.Compile();
    }

    /// <summary>All that the code of a loop depends on.</summary>
    private sealed class Key(LoopWork work) : IEquatable<Key>
    {
        private readonly object[] parts =
        [
            work.Type, .. work.Instructions.SelectMany(i => (object[])[i.Result, i.Form, .. i.Operands.Cast<object>()]),
            "singles", .. work.Singles.Cast<object>(), "stores", .. work.Stores.Cast<object>(), "truths", .. work.Truths.Cast<object>(),
        ];

        public LoopWork Work => work;

        public bool Equals(Key? other) => other is not null && parts.AsSpan().SequenceEqual(other.parts);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => parts.Aggregate(0, HashCode.Combine);
    }
}
