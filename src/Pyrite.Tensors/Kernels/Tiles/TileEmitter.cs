using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Tiles;

/// <summary>Code of one register tile, written at run time so that every accumulator is a local of its own and stays in a register.</summary>
/// <remarks>
/// Rows of A are addressed as base + {0, 1, 2, 3, 4}·stride from one base pointer per five rows (or per group), which keeps every load
/// in the processor's scaled addressing modes.
/// </remarks>
internal sealed class TileEmitter
{
    private const int RowsPerBase = 5;

    private readonly ILGenerator _il;
    private readonly Type _element;
    private readonly TileInstructions _code;
    private readonly int _rows;
    private readonly int _vectors;
    private readonly int _group;
    private readonly TileFeatures _features;
    private readonly LocalBuilder[] _accumulators;

    private TileEmitter(ILGenerator il, Type element, int rows, int vectors, int width, int group, TileFeatures features)
    {
        _il = il;
        _element = element;
        _rows = rows;
        _vectors = vectors;
        _group = group;
        _features = features;
        _code = new TileInstructions(il, element, vectors, width);
        _accumulators = new LocalBuilder[rows * vectors];
    }

    /// <summary>Compiles the tile of <paramref name="rows"/> rows and <paramref name="vectors"/> vectors of <paramref name="width"/> bytes.</summary>
    /// <param name="element">Float32 or Float64.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="vectors">Vectors of columns.</param>
    /// <param name="width">Bytes of a vector: 64, 32 or 16.</param>
    /// <param name="group">Rows in a group, or zero for evenly spaced rows.</param>
    /// <param name="features">What happens besides summing.</param>
    public static TileFunction Emit(Type element, int rows, int vectors, int width, int group, TileFeatures features)
    {
        DynamicMethod method = new(
            $"Tile{rows}x{vectors}", typeof(void), [typeof(object), typeof(nint)], typeof(TileEmitter).Module, skipVisibility: true);
        TileEmitter emitter = new(method.GetILGenerator(), element, rows, vectors, width, group, features);
        emitter.EmitBody();
        return method.CreateDelegate<TileFunction>(null);
    }

    private void EmitBody()
    {
        for (int i = 0; i < _accumulators.Length; i++)
        {
            _accumulators[i] = _il.DeclareLocal(_code.Vector);
            _il.Emit(OpCodes.Call, _code.Vector.GetProperty("Zero")!.GetMethod!);
            _il.Emit(OpCodes.Stloc, _accumulators[i]);
        }
        if (_features.HasFlag(TileFeatures.PartialColumns))
        {
            _code.CutLastVector();
        }
        EmitPrefetch();
        EmitSum();
        EmitStores();
        _il.Emit(OpCodes.Ret);
    }

    // What is added to at the end is asked for at the start.
    private void EmitPrefetch()
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

    private void EmitSum()
    {
        LocalBuilder segment = _code.Copy(nameof(TileCall.Segments));
        LocalBuilder remaining = _code.Copy(nameof(TileCall.SegmentCount));
        LocalBuilder row = _code.Copy(nameof(TileCall.ARow));
        LocalBuilder row3 = _il.DeclareLocal(typeof(nint));
        _il.Emit(OpCodes.Ldloc, row);
        _il.Emit(OpCodes.Ldc_I4_3);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Stloc, row3);
        LocalBuilder aStep = _code.Copy(nameof(TileCall.AStep));
        LocalBuilder bStep = _code.Copy(nameof(TileCall.BStep));
        int perGroup = _group > 0 ? _group : _rows;
        int basesPerGroup = (perGroup + RowsPerBase - 1) / RowsPerBase;
        LocalBuilder[] bases = new LocalBuilder[(_rows + perGroup - 1) / perGroup * basesPerGroup];
        for (int i = 0; i < bases.Length; i++)
        {
            bases[i] = _il.DeclareLocal(typeof(nint));
        }
        LocalBuilder b = _il.DeclareLocal(typeof(nint));
        LocalBuilder count = _il.DeclareLocal(typeof(nint));

        Label nextSegment = _il.DefineLabel();
        Label nextTerm = _il.DefineLabel();
        Label done = _il.DefineLabel();
        _il.MarkLabel(nextSegment);
        _il.Emit(OpCodes.Ldloc, remaining);
        _il.Emit(OpCodes.Brfalse, done);
        EmitSegmentStart(segment, bases, basesPerGroup, row, b);
        _il.Emit(OpCodes.Ldarg_1);
        _code.LoadOffset(nameof(TileCall.Count));
        _il.Emit(OpCodes.Stloc, count);

        _il.MarkLabel(nextTerm);
        EmitTerm(bases, perGroup, basesPerGroup, row, row3, b);
        foreach (LocalBuilder pointer in bases)
        {
            _code.Increase(pointer, aStep);
        }
        _code.Increase(b, bStep);
        _code.Decrease(count);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Brtrue, nextTerm);

        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldc_I4, 2 * nint.Size);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, segment);
        _code.Decrease(remaining);
        _il.Emit(OpCodes.Br, nextSegment);
        _il.MarkLabel(done);
    }

    private void EmitSegmentStart(LocalBuilder segment, LocalBuilder[] bases, int basesPerGroup, LocalBuilder row, LocalBuilder b)
    {
        _code.LoadField(nameof(TileCall.A));
        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, bases[0]);
        for (int i = 1; i < bases.Length; i++)
        {
            bool startsGroup = i % basesPerGroup == 0;
            _il.Emit(OpCodes.Ldloc, bases[startsGroup ? i - basesPerGroup : i - 1]);
            if (startsGroup)
            {
                _code.LoadField(nameof(TileCall.AGroup));
            }
            else
            {
                _il.Emit(OpCodes.Ldloc, row);
                _il.Emit(OpCodes.Ldc_I4, RowsPerBase);
                _il.Emit(OpCodes.Conv_I);
                _il.Emit(OpCodes.Mul);
            }
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Stloc, bases[i]);
        }
        _code.LoadField(nameof(TileCall.B));
        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldc_I4, nint.Size);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, b);
    }

    private void EmitTerm(LocalBuilder[] bases, int perGroup, int basesPerGroup, LocalBuilder row, LocalBuilder row3, LocalBuilder b)
    {
        LocalBuilder[] columns = new LocalBuilder[_vectors];
        for (int j = 0; j < _vectors; j++)
        {
            columns[j] = _il.DeclareLocal(_code.Vector);
            _code.LoadVector(b, j);
            _il.Emit(OpCodes.Stloc, columns[j]);
        }
        LocalBuilder broadcast = _il.DeclareLocal(_code.Vector);
        for (int i = 0; i < _rows; i++)
        {
            (int group, int inGroup) = (i / perGroup, i % perGroup);
            LoadRow(bases[(group * basesPerGroup) + (inGroup / RowsPerBase)], inGroup % RowsPerBase, row, row3);
            if (_vectors > 1)
            {
                _il.Emit(OpCodes.Stloc, broadcast);
            }
            for (int j = 0; j < _vectors; j++)
            {
                if (_vectors > 1)
                {
                    _il.Emit(OpCodes.Ldloc, broadcast);
                }
                _il.Emit(OpCodes.Ldloc, columns[j]);
                _il.Emit(OpCodes.Ldloc, _accumulators[(i * _vectors) + j]);
                _il.Emit(OpCodes.Call, _code.Operations.GetMethod("FusedMultiplyAdd", [_code.Vector, _code.Vector, _code.Vector])!);
                _il.Emit(OpCodes.Stloc, _accumulators[(i * _vectors) + j]);
            }
        }
    }

    private void LoadRow(LocalBuilder pointer, int multiple, LocalBuilder row, LocalBuilder row3)
    {
        _il.Emit(OpCodes.Ldloc, pointer);
        if (multiple > 0)
        {
            _il.Emit(OpCodes.Ldloc, multiple == 3 ? row3 : row);
            if (multiple is 2 or 4)
            {
                _il.Emit(OpCodes.Ldc_I4, multiple);
                _il.Emit(OpCodes.Conv_I);
                _il.Emit(OpCodes.Mul);
            }
            _il.Emit(OpCodes.Add);
        }
        if (_features.HasFlag(TileFeatures.Dots))
        {
            _il.Emit(OpCodes.Call, _code.Generic("Load"));
            return;
        }
        _il.Emit(_element == typeof(float) ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        _il.Emit(OpCodes.Call, _code.Operations.GetMethod("Create", [_element])!);
    }

    private void EmitStores()
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
                EmitFinish(_accumulators[(i * _vectors) + j], c, mask, bias[j], value, j);
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
