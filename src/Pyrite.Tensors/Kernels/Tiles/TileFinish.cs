using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Tiles;

/// <summary>The end of a register tile's code: what is added to the sums and done to them, and how they are stored.</summary>
internal sealed class TileFinish(TileInstructions code, int rows, int vectors, int group, TileFeatures features)
{
    private readonly TileInstructions _code = code;
    private readonly ILGenerator _il = code.Il;
    private readonly int _rows = rows;
    private readonly int _vectors = vectors;
    private readonly int _group = group;
    private readonly TileFeatures _features = features;

    /// <summary>What is added to at the end is asked for at the start.</summary>
    public void EmitPrefetch()
    {
        if (!_features.HasFlag(TileFeatures.Accumulate) || !Sse.IsSupported)
        {
            return;
        }
        LocalBuilder c = _code.Copy(nameof(TileCall.C));
        LocalBuilder cRow = _code.Copy(nameof(TileCall.CRow));
        LocalBuilder group = _code.Copy(nameof(TileCall.C));
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _vectors; j++)
            {
                _code.Address(c, j);
                _il.Emit(OpCodes.Call, typeof(Sse).GetMethod("Prefetch0")!);
            }
            NextRow(i, c, cRow, group);
        }
    }

    /// <summary>Finishes and stores the sums.</summary>
    public void EmitStores(LocalBuilder[] sums)
    {
        LocalBuilder c = _code.Copy(nameof(TileCall.C));
        LocalBuilder cRow = _code.Copy(nameof(TileCall.CRow));
        LocalBuilder group = _code.Copy(nameof(TileCall.C));
        LocalBuilder? mask = _features.HasFlag(TileFeatures.Mask) ? _code.Copy(nameof(TileCall.Mask)) : null;
        LocalBuilder? maskGroup = mask is null ? null : _code.Copy(nameof(TileCall.Mask));
        LocalBuilder value = _il.DeclareLocal(_code.Vector);
        LocalBuilder[] bias = new LocalBuilder[_vectors];
        if (_features.HasFlag(TileFeatures.Bias))
        {
            LocalBuilder pointer = _code.Copy(nameof(TileCall.Bias));
            for (int j = 0; j < _vectors; j++)
            {
                bias[j] = _il.DeclareLocal(_code.Vector);
                _code.LoadVector(pointer, j);
                _il.Emit(OpCodes.Stloc, bias[j]);
            }
        }
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _vectors; j++)
            {
                EmitFinish(sums[(i * _vectors) + j], c, mask, bias[j], value, j);
            }
            NextRow(i, c, cRow, group);
            if (mask != null)
            {
                NextRow(i, mask, cRow, maskGroup!);
            }
        }
    }

    // From row i to the next one: within a group, or from the start of a group to that of the next.
    private void NextRow(int i, LocalBuilder pointer, LocalBuilder row, LocalBuilder group)
    {
        if (_group == 0 || (i + 1) % _group > 0)
        {
            _code.Increase(pointer, row);
            return;
        }
        _il.Emit(OpCodes.Ldloc, group);
        _code.LoadField(nameof(TileCall.CGroup));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, group);
        _il.Emit(OpCodes.Ldloc, group);
        _il.Emit(OpCodes.Stloc, pointer);
    }

    private void EmitFinish(LocalBuilder sum, LocalBuilder c, LocalBuilder? mask, LocalBuilder? bias, LocalBuilder value, int j)
    {
        _il.Emit(OpCodes.Ldloc, sum);
        if (_features.HasFlag(TileFeatures.Accumulate))
        {
            _code.LoadVector(c, j);
            _il.Emit(OpCodes.Call, _code.Vector.GetMethod("op_Addition", [_code.Vector, _code.Vector])!);
        }
        if (bias != null)
        {
            _il.Emit(OpCodes.Ldloc, bias);
            _il.Emit(OpCodes.Call, _code.Vector.GetMethod("op_Addition", [_code.Vector, _code.Vector])!);
        }
        _il.Emit(OpCodes.Stloc, value);
        if (_features.HasFlag(TileFeatures.Relu))
        {
            _il.Emit(OpCodes.Ldloc, value);
            ZeroWhere("LessThan", value);
        }
        if (mask != null)
        {
            _code.LoadVector(mask, j);
            ZeroWhere("LessThanOrEqual", value);
        }
        _code.StoreVector(value, c, j);
    }

    // Zeroes the lanes of value in which the vector on the stack compares true with zero; NaN compares false.
    private void ZeroWhere(string comparison, LocalBuilder value)
    {
        _il.Emit(OpCodes.Call, _code.Vector.GetProperty("Zero")!.GetMethod!);
        _il.Emit(OpCodes.Call, _code.Generic(comparison));
        _il.Emit(OpCodes.Call, _code.Vector.GetProperty("Zero")!.GetMethod!);
        _il.Emit(OpCodes.Ldloc, value);
        _il.Emit(OpCodes.Call, _code.Generic("ConditionalSelect"));
        _il.Emit(OpCodes.Stloc, value);
    }
}
