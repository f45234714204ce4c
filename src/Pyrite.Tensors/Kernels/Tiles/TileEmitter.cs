using System.Reflection.Emit;

namespace Pyrite.Kernels.Tiles;

/// <summary>Code of one register tile, written at run time so that every accumulator is a local of its own and stays in a register.</summary>
/// <remarks>
/// Rows of A are addressed as base + {0, 1, 2, 3, 4}·stride from one base pointer per five rows (or per group), which keeps every load
/// in the processor's scaled addressing modes. Steps that are known (<see cref="TileSteps"/>) become displacements of four terms at a time: a
/// core that shares its decoder with a busy neighbour, as virtual ones may, loses a quarter of its speed to pointers that move with every term.
/// </remarks>
internal sealed class TileEmitter
{
    private const int RowsPerBase = 5;

    /// <summary>Terms of one round of the loop where steps are known: bench `conv`.</summary>
    public const int Unrolled = 4;

    private readonly ILGenerator _il;
    private readonly Type _element;
    private readonly TileInstructions _code;
    private readonly int _rows;
    private readonly int _vectors;
    private readonly int _group;
    private readonly TileFeatures _features;
    private readonly TileSteps _steps;
    private readonly int _size;
    private readonly LocalBuilder[] _accumulators;
    private readonly LocalBuilder[] _columns;
    private readonly LocalBuilder _broadcast;
    private readonly LocalBuilder _row;
    private readonly LocalBuilder _row3;
    private readonly LocalBuilder _aStep;
    private readonly LocalBuilder _bStep;
    private readonly LocalBuilder _b;
    private readonly LocalBuilder[] _bases;
    private readonly int _perGroup;
    private readonly int _basesPerGroup;

    private TileEmitter(ILGenerator il, Type element, int rows, int vectors, int width, int group, TileFeatures features, TileSteps steps)
    {
        _il = il;
        _element = element;
        _rows = rows;
        _vectors = vectors;
        _group = group;
        _features = features;
        _steps = steps;
        _size = element == typeof(float) ? sizeof(float) : sizeof(double);
        _code = new TileInstructions(il, element, vectors, width);
        _accumulators = _code.Locals(_code.Vector, rows * vectors);
        _columns = _code.Locals(_code.Vector, vectors);
        (_broadcast, _row, _row3) = (il.DeclareLocal(_code.Vector), il.DeclareLocal(typeof(nint)), il.DeclareLocal(typeof(nint)));
        (_aStep, _bStep, _b) = (il.DeclareLocal(typeof(nint)), il.DeclareLocal(typeof(nint)), il.DeclareLocal(typeof(nint)));
        _perGroup = group > 0 ? group : rows;
        _basesPerGroup = steps == TileSteps.AdjacentRows ? 1 : (_perGroup + RowsPerBase - 1) / RowsPerBase;
        _bases = _code.Locals(typeof(nint), (rows + _perGroup - 1) / _perGroup * _basesPerGroup);
    }

    /// <summary>Compiles the tile of <paramref name="rows"/> rows and <paramref name="vectors"/> vectors of <paramref name="width"/> bytes.</summary>
    /// <param name="element">Float32 or Float64.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="vectors">Vectors of columns.</param>
    /// <param name="width">Bytes of a vector: 64, 32 or 16.</param>
    /// <param name="group">Rows in a group, or zero for evenly spaced rows.</param>
    /// <param name="features">What happens besides summing.</param>
    /// <param name="steps">What is known of the distances in memory.</param>
    public static TileFunction Emit(Type element, int rows, int vectors, int width, int group, TileFeatures features, TileSteps steps)
    {
        DynamicMethod method = new(
            $"Tile{rows}x{vectors}", typeof(void), [typeof(object), typeof(nint)], typeof(TileEmitter).Module, skipVisibility: true);
        TileEmitter emitter = new(method.GetILGenerator(), element, rows, vectors, width, group, features, steps);
        emitter.EmitBody();
        return method.CreateDelegate<TileFunction>(null);
    }

    private void EmitBody()
    {
        foreach (LocalBuilder sum in _accumulators)
        {
            _il.Emit(OpCodes.Call, _code.Vector.GetProperty("Zero")!.GetMethod!);
            _il.Emit(OpCodes.Stloc, sum);
        }
        if (_features.HasFlag(TileFeatures.PartialColumns))
        {
            _code.CutLastVector();
        }
        TileFinish finish = new(_code, _rows, _vectors, _group, _features);
        finish.EmitPrefetch();
        EmitSum();
        finish.EmitStores(_accumulators);
        _il.Emit(OpCodes.Ret);
    }

    private void EmitSum()
    {
        LocalBuilder segment = _code.Copy(nameof(TileCall.Segments));
        LocalBuilder remaining = _code.Copy(nameof(TileCall.SegmentCount));
        LocalBuilder count = _il.DeclareLocal(typeof(nint));
        _code.Copy(nameof(TileCall.ARow), _row);
        _code.Copy(nameof(TileCall.AStep), _aStep);
        _code.Copy(nameof(TileCall.BStep), _bStep);
        _code.Multiple(_row, 3, _row3);

        Label nextSegment = _il.DefineLabel();
        Label done = _il.DefineLabel();
        _il.MarkLabel(nextSegment);
        _il.Emit(OpCodes.Ldloc, remaining);
        _il.Emit(OpCodes.Brfalse, done);
        EmitSegmentStart(segment);
        _code.Copy(nameof(TileCall.Count), count);
        if (_steps == TileSteps.Any)
        {
            EmitTerms(count);
        }
        else
        {
            EmitUnrolledTerms(count);
        }

        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldc_I4, 2 * nint.Size);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, segment);
        _code.Decrease(remaining, 1);
        _il.Emit(OpCodes.Br, nextSegment);
        _il.MarkLabel(done);
    }

    // One term a round.
    private void EmitTerms(LocalBuilder count)
    {
        Label nextTerm = _il.DefineLabel();
        _il.MarkLabel(nextTerm);
        EmitTerm(0);
        EmitAdvance(1);
        _code.Decrease(count, 1);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Brtrue, nextTerm);
    }

    // Some terms a round while there are so many, then the rest.
    private void EmitUnrolledTerms(LocalBuilder count)
    {
        Label nextTerms = _il.DefineLabel();
        Label rest = _il.DefineLabel();
        Label done = _il.DefineLabel();
        _code.Decrease(count, Unrolled);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Blt, rest);
        _il.MarkLabel(nextTerms);
        for (int term = 0; term < Unrolled; term++)
        {
            EmitTerm(term);
        }
        EmitAdvance(Unrolled);
        _code.Decrease(count, Unrolled);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Bge, nextTerms);

        _il.MarkLabel(rest);
        _code.Decrease(count, -Unrolled);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Brfalse, done);
        EmitTerms(count);
        _il.MarkLabel(done);
    }

    private void EmitAdvance(int terms)
    {
        foreach (LocalBuilder pointer in _bases)
        {
            Advance(pointer, _aStep, AStep, terms);
        }
        Advance(_b, _bStep, BStep, terms);
    }

    private void Advance(LocalBuilder pointer, LocalBuilder step, int knownStep, int terms)
    {
        _il.Emit(OpCodes.Ldloc, pointer);
        PushStep(step, knownStep, terms);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, pointer);
    }

    // Steps of packed operands, in bytes; zero where they are not known.
    private int AStep => _steps != TileSteps.Packed ? 0 : _features.HasFlag(TileFeatures.Dots) ? _code.Width : _size;

    private int BStep => _steps != TileSteps.Packed ? 0 : _vectors * _code.Width;

    private void PushStep(LocalBuilder step, int knownStep, int terms)
    {
        if (knownStep > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, knownStep * terms);
            _il.Emit(OpCodes.Conv_I);
            return;
        }
        _il.Emit(OpCodes.Ldloc, step);
        if (terms > 1)
        {
            _il.Emit(OpCodes.Ldc_I4, terms);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Mul);
        }
    }

    private void EmitSegmentStart(LocalBuilder segment)
    {
        _code.LoadField(nameof(TileCall.A));
        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _bases[0]);
        for (int i = 1; i < _bases.Length; i++)
        {
            bool startsGroup = i % _basesPerGroup == 0;
            _il.Emit(OpCodes.Ldloc, _bases[startsGroup ? i - _basesPerGroup : i - 1]);
            if (startsGroup)
            {
                _code.LoadField(nameof(TileCall.AGroup));
            }
            else
            {
                _il.Emit(OpCodes.Ldloc, _row);
                _il.Emit(OpCodes.Ldc_I4, RowsPerBase);
                _il.Emit(OpCodes.Conv_I);
                _il.Emit(OpCodes.Mul);
            }
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Stloc, _bases[i]);
        }
        _code.LoadField(nameof(TileCall.B));
        _il.Emit(OpCodes.Ldloc, segment);
        _il.Emit(OpCodes.Ldc_I4, nint.Size);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _b);
    }

    // One term of the sums; so many terms from where the pointers stand.
    private void EmitTerm(int term)
    {
        for (int j = 0; j < _vectors; j++)
        {
            _il.Emit(OpCodes.Ldloc, _b);
            Move(_bStep, BStep, term);
            _code.LoadVectorAt(j);
            _il.Emit(OpCodes.Stloc, _columns[j]);
        }
        for (int i = 0; i < _rows; i++)
        {
            (int group, int inGroup) = (i / _perGroup, i % _perGroup);
            LoadRow(group, inGroup, term);
            if (_vectors > 1)
            {
                _il.Emit(OpCodes.Stloc, _broadcast);
            }
            for (int j = 0; j < _vectors; j++)
            {
                if (_vectors > 1)
                {
                    _il.Emit(OpCodes.Ldloc, _broadcast);
                }
                _il.Emit(OpCodes.Ldloc, _columns[j]);
                _il.Emit(OpCodes.Ldloc, _accumulators[(i * _vectors) + j]);
                _il.Emit(OpCodes.Call, _code.Operations.GetMethod("FusedMultiplyAdd", [_code.Vector, _code.Vector, _code.Vector])!);
                _il.Emit(OpCodes.Stloc, _accumulators[(i * _vectors) + j]);
            }
        }
    }

    // Adds some steps to the address on the stack.
    private void Move(LocalBuilder step, int knownStep, int terms)
    {
        if (terms > 0)
        {
            PushStep(step, knownStep, terms);
            _il.Emit(OpCodes.Add);
        }
    }

    private void LoadRow(int group, int inGroup, int term)
    {
        int multiple = inGroup % RowsPerBase;
        if (_steps == TileSteps.AdjacentRows)
        {
            _il.Emit(OpCodes.Ldloc, _bases[group]);
            Move(_aStep, AStep, term);
            if (inGroup > 0)
            {
                _il.Emit(OpCodes.Ldc_I4, inGroup * _size);
                _il.Emit(OpCodes.Conv_I);
                _il.Emit(OpCodes.Add);
            }
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _bases[(group * _basesPerGroup) + (inGroup / RowsPerBase)]);
            if (multiple > 0)
            {
                _il.Emit(OpCodes.Ldloc, multiple == 3 ? _row3 : _row);
                if (multiple is 2 or 4)
                {
                    _il.Emit(OpCodes.Ldc_I4, multiple);
                    _il.Emit(OpCodes.Conv_I);
                    _il.Emit(OpCodes.Mul);
                }
                _il.Emit(OpCodes.Add);
            }
            Move(_aStep, AStep, term);
        }
        if (_features.HasFlag(TileFeatures.Dots))
        {
            _il.Emit(OpCodes.Call, _code.Generic("Load"));
            return;
        }
        _il.Emit(_element == typeof(float) ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        _il.Emit(OpCodes.Call, _code.Operations.GetMethod("Create", [_element])!);
    }
}
