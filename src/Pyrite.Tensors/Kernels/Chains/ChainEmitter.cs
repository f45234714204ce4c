using System.Reflection.Emit;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Chains;

/// <summary>Writes the code of a chain: one loop over the vectors of a tile, with every value in a local of its own.</summary>
/// <remarks>A last partial vector is computed together with elements before it, a second time and to the same bits; tiles hold at least one
/// vector.</remarks>
internal sealed class ChainEmitter
{
    /// <summary>Vectors that a block sum adds side by side.</summary>
    private const int SumVectors = 4;

    private readonly ILGenerator _il;
    private readonly ChainCode _code;
    private readonly Type _element;
    private readonly Type _vector;
    private readonly VectorCode _vectors;
    private readonly int _width;
    private readonly LocalBuilder[] _values;
    private readonly LocalBuilder[] _pointers;
    private readonly LocalBuilder[] _accumulators;
    private readonly LocalBuilder _at;

    private ChainEmitter(ILGenerator il, ChainCode code, int width)
    {
        _il = il;
        _code = code;
        _width = width;
        _element = code.Type == DType.Float32 ? typeof(float) : typeof(double);
        _vectors = new VectorCode(il, _element, width);
        _vector = _vectors.Vector;
        _values = Locals(code.Tiles + code.Singles + code.Instructions.Length, _vector);
        _pointers = Locals(code.Tiles + code.Singles + code.Stores.Length + code.Sums.Length, typeof(nint));
        _accumulators = Locals(code.Sums.Length * SumVectors, _vector);
        _at = il.DeclareLocal(typeof(nint));
    }

    /// <summary>Compiles a chain for vectors of <paramref name="width"/> bytes.</summary>
    public static ChainFunction Emit(ChainCode code, int width)
    {
        DynamicMethod method =
            new("Chain", typeof(void), [typeof(object), typeof(nint), typeof(nint)], typeof(ChainEmitter).Module, skipVisibility: true);
        ChainEmitter emitter = new(method.GetILGenerator(), code, width);
        emitter.EmitOperands();
        if (code.Sums.Length > 0)
        {
            emitter.EmitBlocks();
        }
        else
        {
            emitter.EmitLoop();
        }
        emitter._il.Emit(OpCodes.Ret);
        return method.CreateDelegate<ChainFunction>(null);
    }

    private void EmitOperands()
    {
        for (int k = 0; k < _pointers.Length; k++)
        {
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Ldc_I4, k * sizeof(long));
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldind_I);
            if (k >= _code.Tiles && k < _code.Tiles + _code.Singles)
            {
                _il.Emit(OpCodes.Ldobj, _element);
                _vectors.Spread();
                _il.Emit(OpCodes.Stloc, _values[k]);
            }
            else
            {
                _il.Emit(OpCodes.Stloc, _pointers[k]);
            }
        }
        SetPosition(0);
    }

    /// <summary>Vector by vector; the last one ends where the tile does.</summary>
    private void EmitLoop()
    {
        Label body = _il.DefineLabel();
        Label end = _il.DefineLabel();
        _il.MarkLabel(body);
        EmitVector(0);
        Advance(_width);

        // Whole vectors that remain, then the one that overlaps.
        _il.Emit(OpCodes.Ldloc, _at);
        EmitLast();
        _il.Emit(OpCodes.Ble, body);
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Bge, end);
        EmitLast();
        _il.Emit(OpCodes.Stloc, _at);
        _il.Emit(OpCodes.Br, body);
        _il.MarkLabel(end);
    }

    /// <summary>Pushes where the last whole vector begins.</summary>
    private void EmitLast()
    {
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Ldc_I4, _width);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Sub);
    }

    /// <summary>Blocks of sums, each of which leaves a vector of partial sums.</summary>
    private void EmitBlocks()
    {
        LocalBuilder blockEnd = _il.DeclareLocal(typeof(nint));
        Label block = _il.DefineLabel();
        Label body = _il.DefineLabel();
        _il.MarkLabel(block);
        foreach (LocalBuilder accumulator in _accumulators)
        {
            _il.Emit(OpCodes.Call, _vector.GetProperty("Zero")!.GetMethod!);
            _il.Emit(OpCodes.Stloc, accumulator);
        }
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldc_I4, ChainCode.SumBlock * _code.Type.ByteSize);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, blockEnd);
        _il.MarkLabel(body);
        for (int vector = 0; vector < SumVectors; vector++)
        {
            EmitVector(vector);
        }
        Advance(SumVectors * _width);
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldloc, blockEnd);
        _il.Emit(OpCodes.Blt, body);
        for (int sum = 0; sum < _code.Sums.Length; sum++)
        {
            EmitTotal(sum);
        }
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Blt, block);
    }

    /// <summary>Stores (a₀ + a₁) + (a₂ + a₃) and moves on to the next block's place.</summary>
    private void EmitTotal(int sum)
    {
        LocalBuilder pointer = _pointers[_code.Tiles + _code.Singles + _code.Stores.Length + sum];
        for (int half = 0; half < 2; half++)
        {
            _il.Emit(OpCodes.Ldloc, _accumulators[(sum * SumVectors) + (2 * half)]);
            _il.Emit(OpCodes.Ldloc, _accumulators[(sum * SumVectors) + (2 * half) + 1]);
            _vectors.Call("Add", 2);
        }
        _vectors.Call("Add", 2);
        _il.Emit(OpCodes.Ldloc, pointer);
        _vectors.Store();
        _il.Emit(OpCodes.Ldloc, pointer);
        _il.Emit(OpCodes.Ldc_I4, _width);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, pointer);
    }

    /// <summary>All of the chain for one vector.</summary>
    private void EmitVector(int vector)
    {
        bool[] loaded = new bool[_code.Tiles];
        int first = _code.Tiles + _code.Singles;
        for (int i = 0; i < _code.Instructions.Length; i++)
        {
            ChainInstruction instruction = _code.Instructions[i];
            Push(instruction.A);
            Push(instruction.B);
            Push(instruction.C);
            _vectors.Apply(instruction.Form);
            _il.Emit(OpCodes.Stloc, _values[first + i]);
        }
        for (int k = 0; k < _code.Stores.Length; k++)
        {
            Push(_code.Stores[k]);
            Address(_pointers[first + k], vector);
            _vectors.Store();
        }
        for (int sum = 0; sum < _code.Sums.Length; sum++)
        {
            LocalBuilder accumulator = _accumulators[(sum * SumVectors) + vector];
            _il.Emit(OpCodes.Ldloc, accumulator);
            Push(_code.Sums[sum]);
            _vectors.Call("Add", 2);
            _il.Emit(OpCodes.Stloc, accumulator);
        }

        void Push(int value)
        {
            if (value < 0)
            {
                return;
            }
            if (value < _code.Tiles && !loaded[value])
            {
                loaded[value] = true;
                Address(_pointers[value], vector);
                _vectors.Load();
                _il.Emit(OpCodes.Stloc, _values[value]);
            }
            _il.Emit(OpCodes.Ldloc, _values[value]);
        }
    }

    private void Address(LocalBuilder pointer, int vector)
    {
        _il.Emit(OpCodes.Ldloc, pointer);
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Add);
        if (vector > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, vector * _width);
            _il.Emit(OpCodes.Add);
        }
    }

    private void SetPosition(int bytes)
    {
        _il.Emit(OpCodes.Ldc_I4, bytes);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Stloc, _at);
    }

    private void Advance(int bytes)
    {
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldc_I4, bytes);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _at);
    }

    private LocalBuilder[] Locals(int count, Type type)
    {
        LocalBuilder[] locals = new LocalBuilder[count];
        for (int i = 0; i < count; i++)
        {
            locals[i] = _il.DeclareLocal(type);
        }
        return locals;
    }
}
